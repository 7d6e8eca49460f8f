/** How a model is put into the room where the browser's own ways do not suffice. */

/** Ways of the library itself, in the order in which they are tried; each shows the copy that is open. */
export const arModes = 'webxr quick-look';

interface Device {
  readonly android: boolean;
  /** The browser itself shows models in the room (WebXR). */
  readonly webxr: boolean;
  /** The page came over https, which Scene Viewer wants of the model, too. */
  readonly secure: boolean;
}

/** Whether Android's Scene Viewer is the way into the room. */
export const needsSceneViewer = ({ android, webxr, secure }: Device): boolean => android && !webxr && secure;

/** Where a browser goes on this page when Scene Viewer is not installed. */
export const noSceneViewer = '#no-scene-viewer';

/**
 * Opens Android's Scene Viewer, which fetches the model itself, by its signed address.
 * @param model one without Meshopt and WebP, which it does not read
 * @param page address of the page, to which the browser returns when it is not installed
 */
export function sceneViewerLink(model: string, title: string, page: string): string {
  const asks = new URLSearchParams({ file: model, title, mode: 'ar_preferred', disable_occlusion: 'true' });
  const back = new URL(noSceneViewer, page).href;
  const intent = [
    'Intent',
    'scheme=https',
    'package=com.google.android.googlequicksearchbox',
    'action=android.intent.action.VIEW',
    `S.browser_fallback_url=${encodeURIComponent(back)}`,
    'end;',
  ];
  return `intent://arvr.google.com/scene-viewer/1.2?${asks}#${intent.join(';')}`;
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
