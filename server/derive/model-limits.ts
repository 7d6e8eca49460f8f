/** What a model asks of the device that shows it. */
export interface Load {
  /** nodes, or what is drawn of them where that is more: each costs the browser a call */
  parts: number;
  triangles: number;
  /** bytes of graphics memory */
  textureMemory: number;
}

const megabyte = 1024 * 1024;

/** What a device of the middle class shows smoothly. */
export const most = {
  phone: { parts: 5_000, triangles: 300_000, textureMemory: 256 * megabyte },
  computer: { parts: 50_000, triangles: 5_000_000, textureMemory: 2048 * megabyte },
} as const satisfies Record<string, Load>;

const isWithin = (load: Load, limit: Load): boolean =>
  load.parts <= limit.parts && load.triangles <= limit.triangles && load.textureMemory <= limit.textureMemory;

/** A load with the devices that carry it. */
export const weighed = (load: Load) => ({
  ...load,
  runsOnPhones: isWithin(load, most.phone),
  runsOnComputers: isWithin(load, most.computer),
});
