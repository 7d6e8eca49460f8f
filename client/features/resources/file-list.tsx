import { DownloadOutlined, EyeOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { Preview, Which } from '../../api/content.ts';
import { previewsQuery } from '../../api/previews.ts';
import { familyOf, familyTexts } from '../../components/file-family.ts';
import { FileSize } from '../../components/file-size.tsx';
import { formatOf } from '../../components/formats.ts';
import { useTexts } from '../../i18n/index.ts';
import styles from './file-list.module.css';
import { FilePicture, whyNoPicture } from './file-picture.tsx';
import { resourceTexts } from './i18n.ts';
import type { ResourceFile } from './queries.ts';
import { SetAside } from './set-aside.tsx';

interface Props {
  /** The resource, and which version of it these are the files of. */
  resource: string;
  version: Which;
  files: readonly ResourceFile[];
  /** Path of the one that is open in the viewer. */
  open: string | undefined;
  /** Whether a file can be looked at here. */
  canPreview: (file: ResourceFile) => boolean;
  onOpen: (path: string) => void;
  /** Address of a download; without one, as for drafts, none is offered. */
  downloadOf: ((path: string) => string) | undefined;
}

/** Few letters that tell the format: its short name, or else the ending of the file. */
function badgeOf({ mediaType, path }: ResourceFile): string {
  const format = formatOf(mediaType);
  const [, ending = ''] = /\.(\w{1,4})$/.exec(path) ?? [];
  return format.length <= 4 && format !== '' ? format : (ending || format.slice(0, 4)).toUpperCase();
}

/** What runs once it is taken away; who downloads it compares its checksum first. */
const isInstaller = ({ mediaType }: ResourceFile) =>
  /^application\/(vnd\.android\.package-archive|vnd\.microsoft\.portable-executable|x-msi)$/.test(mediaType);

/** The files of a resource, each to be looked at and taken away. */
export function FileList({ resource, version, files, open, canPreview, onOpen, downloadOf }: Props) {
  const t = useTexts(resourceTexts);
  const { data: previews } = useQuery(previewsQuery(resource, version));
  if (files.length === 0) return <p className={styles.none}>{t('files.none')}</p>;
  return (
    <ul className={styles.files}>
      {files.map((file) => {
        const cut = file.path.lastIndexOf('/') + 1;
        const name = file.path.slice(cut);
        return (
          <li key={file.path} className={file.path === open ? styles.open : styles.file}>
            <FilePicture preview={previews?.get(file.path)}>
              <span className={styles.format} aria-hidden="true">
                {badgeOf(file)}
              </span>
            </FilePicture>
            <span className={styles.words}>
              {cut > 0 && <span className={styles.folder}>{file.path.slice(0, cut)}</span>}
              <span className={styles.name}>{name}</span>
              <span className={styles.size}>
                <FileSize bytes={file.size} />
              </span>
              <SetAside preview={previews?.get(file.path)} />
              <Unpictured file={file} preview={previews?.get(file.path)} canPreview={canPreview(file)} />
              {isInstaller(file) && <InstallerNote file={file} scan={previews?.get(file.path)?.scan.state} />}
            </span>
            {canPreview(file) && (
              <Button
                type="text"
                icon={<EyeOutlined />}
                aria-label={t('preview.file', { name })}
                aria-pressed={file.path === open}
                onClick={() => onOpen(file.path)}
              />
            )}
            {downloadOf && (
              <Button
                type="text"
                icon={<DownloadOutlined />}
                href={downloadOf(file.path)}
                download={name}
                aria-label={t('download.file', { name })}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}

interface UnpicturedProps {
  file: ResourceFile;
  preview: Preview | undefined;
  canPreview: boolean;
}

/** Why there is nothing to see of a file: what went wrong, or that it is of a kind that is only taken away. */
function Unpictured({ file: { path }, preview, canPreview }: UnpicturedProps) {
  const t = useTexts(resourceTexts);
  const families = useTexts(familyTexts);
  const family = familyOf(path);
  const kind = family ? families(family) : t('files.no-preview');
  const why = whyNoPicture(preview) ?? (canPreview || preview?.setAside !== undefined ? undefined : kind);
  return why === undefined ? null : <span className={styles.note}>{why}</span>;
}

interface InstallerNoteProps {
  file: ResourceFile;
  scan: Preview['scan']['state'] | undefined;
}

/** What is to be known before something runs: whether the virus scanner has seen it, and its checksum. */
function InstallerNote({ file, scan }: InstallerNoteProps) {
  const t = useTexts(resourceTexts);
  return (
    <span className={styles.note}>
      {scan && `${t(`scan.${scan}`)} `}
      {t('installer')} <code>{file.sha256}</code>
    </span>
  );
}
