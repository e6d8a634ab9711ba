declare module "snappyjs" {
  /** Throws if the bytes are not Snappy, or if they say that they unpack to more than `lengthMax`. */
  export function uncompress(packed: Uint8Array, lengthMax?: number): Uint8Array;
  export function compress(plain: Uint8Array): Uint8Array;
}
