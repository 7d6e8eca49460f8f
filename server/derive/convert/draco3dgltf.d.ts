/** The decoder as glTF Transform takes it; the package has no types. */
declare module 'draco3dgltf' {
  export function createDecoderModule(): Promise<unknown>;
  const library: { createDecoderModule: typeof createDecoderModule };
  export default library;
}
