// Asks Troupe about a picture and prints the answer as it comes.
//   node generate.mjs [ADDRESS] [PICTURE] [QUESTION]
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const [address = 'localhost:8081', picture = here('../../../gateway/demo/pictures/shapes.png'), question = 'Describe this image.'] = process.argv.slice(2);

const definition = protoLoader.loadSync(here('../../../src/Troupe.Contracts/Protos/troupe/v1/inference.proto'), { defaults: true });
const { Inference } = grpc.loadPackageDefinition(definition).troupe.v1;
const client = new Inference(address, grpc.credentials.createInsecure());

const stream = client.Generate({
  messages: [{ role: 'user', content: [{ image: { data: readFileSync(picture) } }, { text: question }] }],
});
stream.on('data', ({ tokens, finished }) => {
  if (tokens) process.stdout.write(tokens.text);
  if (finished) console.log(`\n(${finished.usage.promptTokens} prompt tokens, ${finished.usage.completionTokens} new tokens)`);
});
stream.on('error', ({ code, details }) => {
  console.error(`${grpc.status[code]}: ${details}`);
  process.exitCode = 1;
});
stream.on('end', () => client.close());
