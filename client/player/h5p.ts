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

  /** Tells the player outside, in the words of SCORM 2004. */
  function tell({ data: { statement } }: Result): void {
    const { result, verb, context } = statement;
    const isInner = (context?.contextActivities?.parent?.length ?? 0) > 0;
    if (isInner || !result || !/\/(completed|answered|passed|failed)$/.test(verb.id)) return;
    const { score, success } = result;
    const cmi = {
      completion_status: result.completion === false ? 'incomplete' : 'completed',
      success_status: success === undefined ? 'unknown' : success ? 'passed' : 'failed',
      ...(score?.max && { score: { scaled: (score.raw ?? 0) / score.max } }),
    };
    window.parent.postMessage({ courseyard: { cmi } }, '*');
  }

  // The page stands in a folder of its own at the root of the package.
  const root = new URL('..', document.location.href).href.replace(/\/$/, '');
  const player = new URL('.', (document.currentScript as HTMLScriptElement).src).href;

  const read = async <Content>(path: string): Promise<Content> => {
    const answer = await fetch(`${root}/${path}`);
    if (!answer.ok) throw new Error(`${path} answers ${answer.status}`);
    return answer.json() as Promise<Content>;
  };
  const folderOf = ({ machineName, majorVersion, minorVersion }: Dependency) =>
    `${machineName}-${majorVersion}.${minorVersion}`;

  /** Libraries by folder, each behind those that it needs. */
  async function librariesOf(needed: readonly Dependency[]): Promise<Map<string, Library>> {
    const found = new Map<string, Library>();
    const visiting = new Set<string>();
    const visit = async (dependency: Dependency): Promise<void> => {
      const folder = folderOf(dependency);
      if (visiting.has(folder)) return;
      visiting.add(folder);
      const library = await read<Library>(`${folder}/library.json`);
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
    if (!main) throw new Error('The package names a library that it does not bring along');
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
        saveFreq: false,
        l10n: { H5P: {} },
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
            url: root,
            metadata: { title: about.title ?? '', license: 'U', ...about },
            styles: [],
            scripts: [],
          },
        },
      },
    });
    await style(`${player}h5p/styles/h5p.css`);
    await script(`${player}h5p/frame.bundle.js`);
    const { H5P } = window as unknown as {
      H5P: {
        externalEmbed?: boolean;
        jQuery: unknown;
        init(target: Element): void;
        /** Content that has been started. */
        instances?: unknown[];
        externalDispatcher?: { on(kind: 'xAPI', listener: (event: Result) => void): void };
      };
    };
    H5P.externalDispatcher?.on('xAPI', tell);
    Object.assign(window, { jQuery: H5P.jQuery }); // as H5P's own platforms have it
    H5P.externalEmbed = true; // nothing of the page around it can be reached
    await Promise.all(styles.map(style));
    for (const one of scripts) await script(one);
    const place = document.createElement('div');
    place.className = 'h5p-content';
    place.dataset.contentId = '1';
    document.body.append(place);
    H5P.init(document.body);
    if (!H5P.instances?.length) throw new Error(`${main.machineName} does not start`);
  }

  open().catch((error: Error) => {
    window.parent.postMessage({ courseyard: { failed: error.message.slice(0, 200) } }, '*');
  });
})();
