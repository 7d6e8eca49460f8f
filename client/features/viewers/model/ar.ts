/** How a model is put into the room: what the device can, and which copy its programs read. */

interface Sources {
  /** The file as it was uploaded, when browsers read it: binary glTF. */
  readonly original?: string | undefined;
  /** The copy for phones: Meshopt and WebP, which every browser reads and Android's Scene Viewer does not. */
  readonly light?: string | undefined;
  /** Another copy that is as large as the original: of a zip or glTF with its parts. */
  readonly packed?: string | undefined;
}

interface Device {
  /** Fingers point, so it is most likely a phone. */
  readonly touch: boolean;
  readonly android: boolean;
  /** The browser itself shows models in the room (WebXR). */
  readonly webxr: boolean;
}

export interface Source {
  readonly src: string;
  /** In the order in which they are tried. */
  readonly modes: string;
}

/**
 * Phones get the light copy. Where Android's Scene Viewer is the only way into the room, it fetches the model itself,
 * by its signed address, and needs one without our packing.
 */
export function sourceFor({ original, light, packed }: Sources, device: Device): Source | undefined {
  const whole = original ?? packed;
  const needsWhole = device.android && !device.webxr && whole !== undefined;
  const src = device.touch && !needsWhole ? (light ?? whole) : (whole ?? light);
  if (src === undefined) return undefined;
  return { src, modes: src === whole ? 'webxr scene-viewer quick-look' : 'webxr quick-look' };
}

export const isAndroid = (agent: string): boolean => /android/i.test(agent);

interface XrSystem {
  isSessionSupported(mode: 'immersive-ar'): Promise<boolean>;
}

/** Whether this browser shows models in the room by itself; it does so over https only. */
export async function hasWebXr(): Promise<boolean> {
  const { xr } = navigator as { xr?: XrSystem };
  try {
    return (await xr?.isSessionSupported('immersive-ar')) ?? false;
  } catch {
    return false; // the page that we are embedded in does not allow it
  }
}
