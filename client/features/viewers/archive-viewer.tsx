import { FileOutlined, FolderOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { ProblemError } from '../../api/problem-error.ts';
import { FileSize, formatSize } from '../../components/file-size.tsx';
import { ProblemView } from '../../components/problem-view.tsx';
import { useLanguage, useTexts } from '../../i18n/index.ts';
import { type Folder, treeOf } from './archive-tree.ts';
import styles from './archive-viewer.module.css';
import { viewerTexts } from './i18n.ts';
import { nameOf } from './kinds.ts';
import { Opening } from './opening.tsx';
import { packageKindOf } from './packages/package-kind.ts';
import type { PackageProps } from './packages/package-props.ts';
import { PackageViewer } from './packages/package-viewer.tsx';
import { entriesQuery } from './queries.ts';
import { NotOpened } from './viewer-boundary.tsx';
import type { ViewerProps } from './viewer-props.ts';

/** A package at work, or what is inside of a zip, folder by folder; a file opens in a window of its own. */
export function ArchiveViewer(props: ViewerProps) {
  return props.file.of ? <Entries {...props} of={props.file.of} /> : <NotOpened />;
}

function Entries({ file, of, entry, place, onPlace }: ViewerProps & Pick<PackageProps, 'of'>) {
  const { path } = file;
  const t = useTexts(viewerTexts);
  const language = useLanguage();
  const [openings, setOpenings] = useState(1);
  const { data, error, refetch } = useQuery(entriesQuery(of.resource, of.version, path));
  const tree = useMemo(() => data && treeOf(data.items), [data]);
  if (error && isOfTheFile(error)) return <NotOpened because={file.failure ?? error.message} />;
  if (error && !data) return <ProblemView problem={error} onRetry={refetch} />;
  if (!data || !tree) return <Opening path={path} />;
  const size = formatSize(
    data.items.reduce((sum, entry) => sum + entry.size, 0),
    language,
  );
  const paths = new Set(data.items.map((entry) => entry.path));
  const kind = packageKindOf([...paths], path);
  const alone = tree.files.length === 0 && tree.folders.length === 1;
  const files = (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className={styles.page} tabIndex={0} aria-label={t('archive.in', { name: nameOf(path) })}>
      <p className={styles.note}>{t('archive.files', { count: data.items.length, size })}</p>
      {file.failure && <p className={styles.note}>{file.failure}</p>}
      <Content folder={tree} base={data.url} asked={entry} isOpen={alone} />
    </section>
  );
  if (!kind) return files;
  const has = (asked: string) => paths.has(asked);
  const reopen = async () => {
    await refetch();
    setOpenings(openings + 1);
  };
  const { url: base, play, lasts } = data;
  const props = { kind, has, file, of, base, play, lasts, entry, place, onPlace, files, onReopen: reopen };
  return <PackageViewer key={`${openings} ${entry}`} {...props} />;
}

/** Whether the archive itself is at fault, which no other try and no other page mends. */
const isOfTheFile = (error: Error): boolean =>
  error instanceof ProblemError && error.kind.startsWith('archives/');

interface ContentProps {
  folder: Folder<{ path: string; size: number }>;
  /** Address that paths stand behind. */
  base: string;
  /** The file that was asked for. */
  asked: string | undefined;
  /** Whether folders are open at first. */
  isOpen?: boolean;
}

function Content({ folder, base, asked, isOpen = false }: ContentProps) {
  return (
    <ul className={styles.entries}>
      {folder.folders.map(({ name, path, content }) => (
        <li key={path}>
          <Fold name={name} isOpen={isOpen || asked?.startsWith(path) === true}>
            <Content folder={content} base={base} asked={asked} />
          </Fold>
        </li>
      ))}
      {folder.files.map(({ name, entry }) => (
        <li key={entry.path}>
          <a
            ref={entry.path === asked ? bringIntoSight : undefined}
            className={styles.entry}
            href={addressOf(base, entry.path)}
            target="_blank"
            rel="noreferrer"
            aria-current={entry.path === asked}
          >
            <FileOutlined aria-hidden="true" />
            <span className={styles.name}>{name}</span>
            <span className={styles.size}>
              <FileSize bytes={entry.size} />
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** A folder. What is in it is put on the page once it has been opened: a package may have thousands of files. */
function Fold({ name, isOpen, children }: { name: string; isOpen: boolean; children: React.ReactNode }) {
  const [wasOpened, setWasOpened] = useState(isOpen);
  return (
    <details open={isOpen} onToggle={({ currentTarget }) => currentTarget.open && setWasOpened(true)}>
      <summary className={styles.entry}>
        <FolderOutlined aria-hidden="true" />
        <span className={styles.name}>{name}</span>
      </summary>
      {wasOpened && children}
    </details>
  );
}

const bringIntoSight = (link: HTMLAnchorElement | null) => link?.scrollIntoView({ block: 'center' });

const addressOf = (base: string, path: string) => base + path.split('/').map(encodeURIComponent).join('/');
