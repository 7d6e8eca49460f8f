/**
 * The page of ours around a package, whose pages reach each other and the SCORM runtime here as those of one site: what
 * authoring tools build of frames needs that. So they have the origin of the content server, in a frame that the
 * browser has made `credentialless` (https://wicg.github.io/anonymous-iframe): with cookies and storage that begin
 * empty, that nothing else shares and that end with the page of the player. Only there the server lets pages have
 * that origin; the cookie of this page, which exists nowhere else, tells it. A browser that does not know such frames
 * gives each page an origin of its own, where the runtime stands in the page itself, and inner frames are on their own.
 */
(() => {
  const { credentialless, courseyardStart, parent } = window as Window & {
    credentialless?: boolean;
    courseyardStart?: () => void;
  };
  if (credentialless !== true || window.top === window) return;
  const root = new URL('..', document.location.href);
  const reach = root.protocol === 'https:' ? '; SameSite=None; Secure; Partitioned' : '';
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API exists with https alone
  document.cookie = `courseyard-joined=1; path=${root.pathname}${reach}`;
  if (!document.cookie.includes('courseyard-joined=1')) {
    parent.postMessage({ courseyard: { parted: true } }, '*'); // of another site than the player, by http
    return;
  }
  courseyardStart?.();
  const frame = document.createElement('iframe');
  frame.title = 'Courseyard';
  frame.allow = 'fullscreen; autoplay; xr-spatial-tracking';
  frame.style.cssText = 'border:0;width:100%;height:100%;display:block';
  frame.src = root.href + document.location.hash.slice(1);
  window.addEventListener('message', ({ source, data }: MessageEvent<unknown>) => {
    if (source === frame.contentWindow) parent.postMessage(data, '*');
  });
  document.body.append(frame);
})();
