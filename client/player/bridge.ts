/**
 * Runs first in every page of a package, and in the page of ours around it (`frame.ts`). What a package may expect of
 * a learning platform is given to it here: the SCORM runtime, which tells the player outside what the learner has
 * done, and, where its pages have an origin of their own each, a shelf that forgets.
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
  if (window.origin === 'null') {
    for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, { value: shelf(), configurable: true });
    Object.defineProperty(document, 'cookie', { get: () => '', set: () => {}, configurable: true });
  }

  type Cmi = Record<string, unknown>;
  interface Given {
    runtime: 'scorm12' | 'scorm2004';
    cmi: Cmi;
  }
  interface Runtime {
    loadFromJSON(json: Cmi, element?: string): void;
    renderCommitCMI(isLast: boolean, withTotalTime: boolean): { cmi: Cmi };
    isNotInitialized(): boolean;
    on(events: string, listener: (...told: unknown[]) => void): void;
  }
  type Library = Record<'Scorm12API' | 'Scorm2004API', new (settings: object) => Runtime>;

  const outside = window.parent;
  const given = readName();
  if (!given) {
    tellOfNewPage();
    return;
  }
  const is12 = given.runtime === 'scorm12';

  function readName(): Given | undefined {
    try {
      const { courseyard } = JSON.parse(window.name) as { courseyard?: Given };
      // A page that leads here could have named the window: what becomes an address below is one of two words.
      return courseyard?.runtime === 'scorm12' || courseyard?.runtime === 'scorm2004'
        ? courseyard
        : undefined;
    } catch {
      return undefined; // a frame inside of the package, or nothing to tell
    }
  }

  /** In a page of the package: the runtime around it begins anew, and goes on from what the page before has noted. */
  function tellOfNewPage(): void {
    try {
      (outside as Window & { courseyardTurn?: (page: Window) => void }).courseyardTurn?.(window);
    } catch {
      // the page around is of another origin, thus has no runtime for us
    }
  }

  /** The data model as it stands, for the page that comes next. */
  const resumed = ({ cmi }: { cmi: Cmi }): Cmi => {
    const again = { entry: 'resume', exit: undefined };
    const model = JSON.parse(JSON.stringify(cmi)) as Cmi;
    return {
      cmi: is12 ? { ...model, core: { ...(model.core as object), ...again } } : { ...model, ...again },
    };
  };

  function begin(cmi: Cmi): Runtime {
    const library = window as unknown as Library;
    // Time is taken by us, from the opening to what is told last: few packages tell it, and each in its own way.
    const settings = { autocommit: true, selfReportSessionTime: true, logLevel: 5 };
    const runtime = new (is12 ? library.Scorm12API : library.Scorm2004API)(settings);
    runtime.loadFromJSON(cmi);
    Object.assign(window, is12 ? { API: runtime } : { API_1484_11: runtime });
    const say = (what: object) => outside.postMessage({ courseyard: what }, '*');
    const keepInName = () => {
      if (!runtime.isNotInitialized())
        window.name = JSON.stringify({
          courseyard: { ...given, cmi: resumed(runtime.renderCommitCMI(true, true)) },
        });
    };
    const tell = (isLast: boolean) => {
      // With the time of this opening, told or not: not every learner lets the package say that it is over.
      const { cmi } = runtime.renderCommitCMI(isLast, true);
      say({ cmi: JSON.parse(JSON.stringify(cmi)) as Cmi });
      keepInName();
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
    const ways = { Next: 'next', Previous: 'previous', Exit: 'exit', ExitAll: 'exit', AbandonAll: 'exit' };
    for (const [event, go] of Object.entries(ways)) runtime.on(`Sequence${event}`, () => say({ go }));
    for (const event of ['SequenceChoice', 'SequenceJump'])
      runtime.on(event, (...told) => say({ go: 'item', item: told.at(-1) }));
    // A page that comes after this one in the same frame has the bridge anew, and its name.
    window.addEventListener('pagehide', keepInName);
    return runtime;
  }

  /** Called once the library is there: before the first script of the package. */
  const start = () => {
    let runtime = begin(given.cmi);
    // What looks for the runtime begins with the page around, for the most part, and must not climb out of us.
    const above = { API: undefined, API_1484_11: undefined, postMessage: outside.postMessage.bind(outside) };
    const around =
      window.origin === 'null' ? Object.assign(above, { parent: above }, apiOf(runtime)) : window;
    Object.defineProperty(window, 'parent', { value: around, configurable: true });
    Object.assign(window, {
      courseyardTurn: (page: Window) => {
        if (page !== window.frames[0]) return;
        if (!runtime.isNotInitialized()) runtime = begin(resumed(runtime.renderCommitCMI(true, true)));
        Object.assign(page, apiOf(runtime)); // some look for it nowhere else
      },
    });
  };
  const apiOf = (runtime: Runtime) => (is12 ? { API: runtime } : { API_1484_11: runtime });

  Object.assign(window, { courseyardStart: start });
  const own = document.currentScript as HTMLScriptElement;
  const library = own.src.replace(/bridge\.js$/, `${given.runtime}.js`);
  document.write(`<script src="${library}"></${'script'}>`);
  // The page of ours around a package, which lets no script stand in the page, starts it by itself.
  if (window.origin === 'null') document.write(`<script>courseyardStart()</${'script'}>`);
})();
