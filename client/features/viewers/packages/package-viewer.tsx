import { FolderOpenOutlined, PlayCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTexts } from '../../../i18n/index.ts';
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

/** A package at work, with a way to look at the files that it is made of. */
export function PackageViewer({
  kind,
  files,
  ...props
}: PackageProps & { kind: PackageKind; files: ReactNode }) {
  const t = useTexts(packageTexts);
  const [looksInside, setLooksInside] = useState(false);
  const [started, setStarted] = useState(false);
  const { file, play, entry } = props;
  return (
    <div className={styles.package}>
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
      </div>
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
              <SandboxFrame src={play + encodePath(kind.start)} title={nameOf(file.path)} />
            ) : (
              <SinglePage {...props} entry={entry} onStart={() => setStarted(true)} />
            ))}
        </Suspense>
      )}
    </div>
  );
}
