// Blocks of the core heap for operations, keys and the attributes of calls: core/tee/tee_svc_cryp.c, tee_obj.c.
import type { SiteUse } from "./site_use.ts";

/** By name. */
export const KEY_SITES = {
  "key.operation": { is: "an operation" },
  "key.object": { is: "an object with a key" },
  "key.secret": { is: "the attributes of a secret key", n: "bytes of the longest key" },
  "key.rsa_public": { is: "the attributes of an RSA public key" },
  "key.rsa_pair": { is: "the attributes of an RSA key pair" },
  "key.dsa_public": { is: "the attributes of a DSA public key" },
  "key.dsa_pair": { is: "the attributes of a DSA key pair" },
  "key.dh_pair": { is: "the attributes of a DH key pair" },
  "key.ecc_public": { is: "the attributes of a public key on a curve" },
  "key.ecc_pair": { is: "the attributes of a key pair on a curve" },
  "key.ed25519_public": { is: "the attributes of an Ed25519 public key" },
  "key.ed25519_pair": { is: "the attributes of an Ed25519 key pair" },
  "key.x25519_pair": { is: "the attributes of an X25519 key pair" },
  "key.number": { is: "a big number" },
  "key.limbs": { is: "the limbs of a big number", n: "words" },
  "key.ed25519_first": { is: "the first part of an Ed25519 key" },
  "key.ed25519_second": { is: "the second part of an Ed25519 key" },
  "key.x25519_first": { is: "the first part of an X25519 key" },
  "key.x25519_second": { is: "the second part of an X25519 key" },
  "copy.populate": { is: "the attributes that an object is given", n: "attributes" },
  "copy.generate": { is: "the attributes that a key is generated with", n: "attributes" },
  "copy.operate": { is: "the attributes of an encryption or a signature", n: "attributes" },
  "copy.verify": { is: "the attributes of a verification", n: "attributes" },
  "copy.derive": { is: "the attributes of a derivation", n: "attributes" },
} as const satisfies Readonly<Record<string, SiteUse>>;
