namespace Troupe;
