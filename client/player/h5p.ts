/** Puts an H5P package on the page: its libraries in the order in which they need each other, then its content. */
(() => {
  interface Dependency {
    machineName: string;
    majorVersion: number;
    minorVersion: number;
  }
  interface Library extends Dependency {
    preloadedJs?: { path: string }[];
    preloadedCss?: { path: string }[];
    preloadedDependencies?: Dependency[];
  }
  interface Package {
    title?: string;
    mainLibrary: string;
    preloadedDependencies: Dependency[];
    [more: string]: unknown;
  }

  /** What content says of the learner, in the words of xAPI; only its own result counts, not those of parts inside. */
  interface Result {
    data: {
      statement: {
        verb: { id: string };
        context?: { contextActivities?: { parent?: unknown[] } };
        result?: {
          completion?: boolean;
          success?: boolean;
          score?: { raw?: number; max?: number };
        };
      };
    };
  }

  type Cmi = Record<string, unknown>;

  /** What has been noted of the learner, in the words of SCORM 2004; where they stopped is data of the content's own. */
  const { cmi: noted = {}, words = {} } = readName();

  function readName(): { cmi?: Cmi; words?: Record<string, string> } {
    try {
      return (JSON.parse(window.name) as { courseyard?: ReturnType<typeof readName> }).courseyard ?? {};
    } catch {
      return {}; // opened without the player
    }
  }

  const say = (what: object) => window.parent.postMessage({ courseyard: what }, '*');

  /** A fault of the package: what it is about, for a sentence of the player. */
  class Fault extends Error {
    readonly kind: 'missing' | 'broken';
    readonly what: string;
    constructor(kind: 'missing' | 'broken', what: string) {
      super(what);
      this.kind = kind;
      this.what = what;
    }
  }

  /** Keeps where the learner is. */
  function keepState(state: unknown): void {
    const text = JSON.stringify(state);
    if (text === undefined || text === noted.suspend_data) return;
    noted.suspend_data = text;
    noted.completion_status ??= 'incomplete';
    say({ cmi: noted });
  }

  /** Tells the player outside what came of it. */
  function tell({ data: { statement } }: Result): void {
    const { result, verb, context } = statement;
    const isInner = (context?.contextActivities?.parent?.length ?? 0) > 0;
    if (isInner || !result || !/\/(completed|answered|passed|failed)$/.test(verb.id)) return;
    const { score, success } = result;
    Object.assign(noted, {
      completion_status: result.completion === false ? 'incomplete' : 'completed',
      success_status: success === undefined ? 'unknown' : success ? 'passed' : 'failed',
      ...(score?.max && { score: { scaled: (score.raw ?? 0) / score.max } }),
    });
    say({ cmi: noted });
  }

  // The page stands in a folder of its own at the root of the package.
  const root = new URL('..', document.location.href).href.replace(/\/$/, '');
  const player = new URL('.', (document.currentScript as HTMLScriptElement).src).href;

  const read = async <Content>(path: string): Promise<Content> => {
    const answer = await fetch(`${root}/${path}`);
    if (!answer.ok) throw new Fault('missing', path);
    return answer.json() as Promise<Content>;
  };
  const folderOf = ({ machineName, majorVersion, minorVersion }: Dependency) =>
    `${machineName}-${majorVersion}.${minorVersion}`;

  /** Libraries by folder, each behind those that it needs. */
  async function librariesOf(needed: readonly Dependency[]): Promise<Map<string, Library>> {
    const asked = new Map<string, Promise<Library>>();
    // All that one library names are asked for at once, each once; a failure is met by who waits for it below.
    const ask = async (dependency: Dependency): Promise<void> => {
      const folder = folderOf(dependency);
      if (asked.has(folder)) return;
      const reading = read<Library>(`${folder}/library.json`);
      asked.set(folder, reading);
      await Promise.all(((await reading).preloadedDependencies ?? []).map(ask));
    };
    await Promise.all(needed.map(ask));
    const found = new Map<string, Library>();
    const visiting = new Set<string>();
    const visit = async (dependency: Dependency): Promise<void> => {
      const folder = folderOf(dependency);
      const library = await asked.get(folder);
      if (visiting.has(folder) || !library) return;
      visiting.add(folder);
      for (const other of library.preloadedDependencies ?? []) await visit(other);
      found.set(folder, library);
    };
    for (const dependency of needed) await visit(dependency);
    return found;
  }

  const load = (element: HTMLScriptElement | HTMLLinkElement) =>
    new Promise<void>((resolve) => {
      // A style or script that is missing leaves a package usable more often than not.
      element.onload = element.onerror = () => resolve();
      document.head.append(element);
    });
  const script = (src: string) =>
    load(Object.assign(document.createElement('script'), { src, async: false }));
  const style = (href: string) =>
    load(Object.assign(document.createElement('link'), { rel: 'stylesheet', href }));

  async function open(): Promise<void> {
    const [about, content] = await Promise.all([
      read<Package>('h5p.json'),
      read<object>('content/content.json'),
    ]);
    const main = about.preloadedDependencies.find(({ machineName }) => machineName === about.mainLibrary);
    if (!main) throw new Fault('missing', about.mainLibrary);
    const libraries = [...(await librariesOf(about.preloadedDependencies)).entries()];
    const styles = libraries.flatMap(([folder, { preloadedCss = [] }]) =>
      preloadedCss.map(({ path }) => `${root}/${folder}/${path}`),
    );
    const scripts = libraries.flatMap(([folder, { preloadedJs = [] }]) =>
      preloadedJs.map(({ path }) => `${root}/${folder}/${path}`),
    );
    Object.assign(window, {
      H5PIntegration: {
        url: root,
        urlLibraries: root,
        postUserStatistics: false,
        // In seconds; the page itself keeps what is to be saved, see `keepState`.
        saveFreq: 5,
        l10n: { H5P: words },
        hubIsEnabled: false,
        core: { styles: [], scripts: [] },
        loadedJs: scripts,
        loadedCss: styles,
        contents: {
          'cid-1': {
            library: `${main.machineName} ${main.majorVersion}.${main.minorVersion}`,
            jsonContent: JSON.stringify(content),
            fullScreen: true,
            displayOptions: { frame: false, export: false, embed: false, copyright: false, icon: false },
            contentUrl: `${root}/content`,
            ...(typeof noted.suspend_data === 'string' && {
              contentUserData: [{ state: noted.suspend_data }],
            }),
            url: root,
            metadata: { title: about.title ?? '', license: 'U', ...about },
            styles: [],
            scripts: [],
          },
        },
      },
    });
    const ownStyles = ['h5p', 'h5p-confirmation-dialog', 'h5p-core-button'];
    await Promise.all(ownStyles.map((name) => style(`${player}h5p/styles/${name}.css`)));
    await script(`${player}h5p/frame.bundle.js`);
    const { H5P } = window as unknown as {
      H5P: {
        externalEmbed?: boolean;
        jQuery: unknown;
        init(target: Element): void;
        setUserData(content: unknown, name: string, data: unknown, more?: { subContentId?: unknown }): void;
        /** Content that has been started. */
        instances?: unknown[];
        externalDispatcher?: { on(kind: 'xAPI', listener: (event: Result) => void): void };
      };
    };
    H5P.externalDispatcher?.on('xAPI', tell);
    H5P.setUserData = (_, name, data, more) => {
      if (name === 'state' && !more?.subContentId) keepState(data);
    };
    Object.assign(window, { jQuery: H5P.jQuery }); // as H5P's own platforms have it
    H5P.externalEmbed = true; // nothing of the page around it can be reached
    await Promise.all(styles.map(style));
    for (const one of scripts) await script(one);
    const place = document.createElement('div');
    place.className = 'h5p-content';
    place.dataset.contentId = '1';
    document.body.append(place);
    try {
      H5P.init(document.body);
    } catch {
      throw new Fault('broken', main.machineName);
    }
    if (!H5P.instances?.length) throw new Fault('broken', main.machineName);
    say({ ready: true });
  }

  open().catch((error: unknown) => {
    // What is no fault that we name is one of its two descriptions: not to be read, or not what they should be.
    const { kind, what } = error instanceof Fault ? error : new Fault('broken', 'h5p.json');
    say({ [kind]: what });
  });
})();
