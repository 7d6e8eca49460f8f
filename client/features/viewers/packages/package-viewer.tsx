import { FolderOpenOutlined, PlayCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { useTexts } from '../../../i18n/index.ts';
import { FullscreenButton } from '../fullscreen-button.tsx';
import { nameOf } from '../kinds.ts';
import { Opening } from '../opening.tsx';
import { packageTexts } from './i18n.ts';
import type { PackageKind } from './package-kind.ts';
import { encodePath, type PackageProps } from './package-props.ts';
import styles from './packages.module.css';
import { SandboxFrame } from './sandbox-frame.tsx';
import { SinglePage } from './single-page.tsx';

const ScormPlayer = lazy(async () => ({ default: (await import('./scorm-player.tsx')).ScormPlayer }));
const Cmi5Player = lazy(async () => ({ default: (await import('./cmi5-player.tsx')).Cmi5Player }));
const H5pPlayer = lazy(async () => ({ default: (await import('./h5p-player.tsx')).H5pPlayer }));
const EpubReader = lazy(async () => ({ default: (await import('./epub-reader.tsx')).EpubReader }));

interface Props extends PackageProps {
  kind: PackageKind;
  /** What it is made of, to be looked at. */
  files: ReactNode;
  /** Seconds that its addresses work. */
  lasts: number;
  onReopen: () => void;
}

/**
 * A package at work, with a way to look at the files that it is made of. It stays at the addresses by which it was
 * opened: others would begin it anew. Once they have ended, that is said.
 */
export function PackageViewer({ kind, files, base, play, lasts, onReopen, ...given }: Props) {
  const t = useTexts(packageTexts);
  const [looksInside, setLooksInside] = useState(false);
  const [started, setStarted] = useState(false);
  const [opened] = useState({ base, play });
  const hasEnded = useEnd(lasts);
  const whole = useRef<HTMLDivElement>(null);
  const props = { ...given, ...opened };
  const { file, entry } = props;
  return (
    <div ref={whole} className={styles.package} data-tall>
      <div className={styles.bar}>
        <span>{t(`kind.${kind.kind}`)}</span>
        <span className={styles.gap} />
        <Button
          type="text"
          size="small"
          icon={looksInside ? <PlayCircleOutlined /> : <FolderOpenOutlined />}
          onClick={() => setLooksInside(!looksInside)}
        >
          {looksInside ? t('play') : t('files')}
        </Button>
        <FullscreenButton place={whole} />
      </div>
      {hasEnded && (
        <div className={styles.bar} role="alert">
          <span>{t('ended')}</span>
          <Button size="small" onClick={onReopen}>
            {t('ended.reopen')}
          </Button>
        </div>
      )}
      {looksInside ? (
        files
      ) : (
        <Suspense fallback={<Opening path={file.path} poster={file.poster} />}>
          {kind.kind === 'scorm' && <ScormPlayer {...props} manifest={kind.manifest} />}
          {kind.kind === 'cmi5' && <Cmi5Player {...props} />}
          {kind.kind === 'epub' && <EpubReader {...props} />}
          {kind.kind === 'h5p' && <H5pPlayer {...props} />}
          {kind.kind === 'web' &&
            (entry === undefined || entry === kind.start || started ? (
              <SandboxFrame src={opened.play + encodePath(kind.start)} title={nameOf(file.path)} joins />
            ) : (
              <SinglePage {...props} entry={entry} onStart={() => setStarted(true)} />
            ))}
        </Suspense>
      )}
    </div>
  );
}

/** Milliseconds between two looks at the clock, which goes on while the machine sleeps; a timer does not. */
const look = 1000;

/** Whether so many seconds have gone by. */
function useEnd(seconds: number): boolean {
  const [end] = useState(() => Date.now() + seconds * 1000);
  const [hasEnded, setEnded] = useState(false);
  useEffect(() => {
    const timer = setInterval(() => setEnded(Date.now() >= end), look);
    return () => clearInterval(timer);
  }, [end]);
  return hasEnded;
}
