// node generate.mjs [ADDRESS [PICTURE|none [QUESTION]]]: sends a picture and a question to a gateway and prints the answer as it comes.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const [
  address = 'localhost:8081',
  picture = here('../../../gateway/demo/pictures/shapes.png'),
  question = 'Describe this image.',
] = process.argv.slice(2);

const definition = protoLoader.loadSync(here('../../../src/Troupe.Contracts/Protos/troupe/v1/inference.proto'), {
  keepCase: true, defaults: true, longs: String, enums: String, oneofs: true,
});
const { Inference } = grpc.loadPackageDefinition(definition).troupe.v1;
const client = new Inference(address, grpc.credentials.createInsecure());

const content = picture === 'none' ? [] : [{ image: { data: readFileSync(picture) } }];
const call = client.Generate({ messages: [{ role: 'user', content: [...content, { text: question }] }] });

call.on('data', (happened) => {
  if (happened.event === 'tokens') {
    process.stdout.write(happened.tokens.text);
  } else if (happened.event === 'finished') {
    const { prompt_tokens, completion_tokens } = happened.finished.usage;
    process.stdout.write('\n');
    console.error(`${prompt_tokens} prompt tokens, ${completion_tokens} new tokens`);
  }
});
call.on('error', (error) => {
  console.error(`${grpc.status[error.code]}: ${error.details}`);
  process.exitCode = 1;
});
call.on('end', () => client.close());
