/**
 * Runs first in every page of a package. The page has an origin of its own, without storage and cookies, and cannot
 * reach the page around it. What it may expect of a learning platform is given to it here: a shelf that forgets, and
 * the SCORM runtime, which tells the player outside what the learner has done.
 */
(() => {
  // A browser without the header that forbids them (Connection-Allowlist) would let packets out by these.
  for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'WebTransport'])
    Reflect.deleteProperty(window, name);

  /** Web Storage that lasts as long as the page. */
  const shelf = (): Storage => {
    const kept = new Map<string, string>();
    return {
      get length() {
        return kept.size;
      },
      key: (index) => [...kept.keys()][index] ?? null,
      getItem: (name) => kept.get(String(name)) ?? null,
      setItem: (name, value) => void kept.set(String(name), String(value)),
      removeItem: (name) => void kept.delete(String(name)),
      clear: () => kept.clear(),
    };
  };
  for (const name of ['localStorage', 'sessionStorage'])
    Object.defineProperty(window, name, { value: shelf(), configurable: true });
  Object.defineProperty(document, 'cookie', { get: () => '', set: () => {}, configurable: true });

  type Cmi = Record<string, unknown>;
  interface Given {
    runtime: 'scorm12' | 'scorm2004';
    cmi: Cmi;
  }
  interface Runtime {
    loadFromJSON(json: Cmi, element?: string): void;
    renderCommitCMI(isLast: boolean, withTotalTime: boolean): { cmi: Cmi };
    on(events: string, listener: () => void): void;
  }
  type Library = Record<'Scorm12API' | 'Scorm2004API', new (settings: object) => Runtime>;

  const given = readName();
  if (!given) return;

  function readName(): Given | undefined {
    try {
      const { courseyard } = JSON.parse(window.name) as { courseyard?: Given };
      return courseyard;
    } catch {
      return undefined; // a frame inside of the package, or nothing to tell
    }
  }

  /** Called once the library is there: before the first script of the page. */
  const start = () => {
    const library = window as unknown as Library;
    const is12 = given.runtime === 'scorm12';
    // Time is taken by us, from the opening to what is told last: few packages tell it, and each in its own way.
    const settings = { autocommit: true, selfReportSessionTime: true, logLevel: 5 };
    const runtime = new (is12 ? library.Scorm12API : library.Scorm2004API)(settings);
    runtime.loadFromJSON(given.cmi);
    Object.assign(window, is12 ? { API: runtime } : { API_1484_11: runtime });
    const tell = (isLast: boolean) => {
      // With the time of this opening, told or not: not every learner lets the package say that it is over.
      const { cmi } = runtime.renderCommitCMI(isLast, true);
      window.parent.postMessage({ courseyard: { cmi: JSON.parse(JSON.stringify(cmi)) as Cmi } }, '*');
    };
    let soon = 0;
    const later = () => {
      window.clearTimeout(soon);
      soon = window.setTimeout(() => tell(false), 500);
    };
    runtime.on(is12 ? 'LMSSetValue.cmi.*' : 'SetValue.cmi.*', later);
    runtime.on(is12 ? 'LMSCommit' : 'Commit', () => tell(false));
    runtime.on(is12 ? 'LMSFinish' : 'Terminate', () => {
      window.clearTimeout(soon);
      tell(true);
    });
  };
  Object.assign(window, { courseyardStart: start });
  const own = document.currentScript as HTMLScriptElement;
  const library = own.src.replace(/bridge\.js$/, `${given.runtime}.js`);
  document.write(`<script src="${library}"></${'script'}><script>courseyardStart()</${'script'}>`);
})();
