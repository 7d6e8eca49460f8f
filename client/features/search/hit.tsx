import { EyeOutlined, FileTextOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Link } from 'react-router';
import type { PassageHit, SearchItem } from '../../../server/search/contract.ts';
import { useLabels } from '../../api/labels.ts';
import { placeOf, withPlace } from '../../api/place.ts';
import { formatSize } from '../../components/file-size.tsx';
import { formatsOf } from '../../components/formats.ts';
import { KindMark } from '../../components/kind-mark.tsx';
import { licenceName } from '../../components/licence.tsx';
import { MarkedText } from '../../components/marked-text.tsx';
import { MetaLine } from '../../components/meta-line.tsx';
import { Thumbnail } from '../../components/thumbnail.tsx';
import { When } from '../../components/when.tsx';
import { shell, useLanguage, useTexts } from '../../i18n/index.ts';
import styles from './hit.module.css';
import { searchTexts } from './i18n.ts';

interface Props {
  item: SearchItem;
  /** Address of its picture. */
  picture: string | undefined;
  view: 'cards' | 'list';
  onPreview?: () => void;
  /** It is about to be opened. */
  onOpen?: () => void;
}

/** One hit: what it is, whether one may use it, and why it was found. */
export function Hit({ item, picture, view, onPreview, onOpen }: Props) {
  const t = useTexts(searchTexts);
  const words = useTexts(shell);
  const language = useLanguage();
  const major = useLabels('majors');
  const formats = formatsOf(item.mediaTypes);
  const [passage] = item.passages;
  const licence = licenceName(item.licence) || words('licence.name.group-only');
  const summary = item.highlights.summary;
  return (
    <article className={`${styles.hit} ${styles[view]}`}>
      <div className={styles.picture}>
        <Thumbnail kind={item.kind} src={picture} formats={formats} />
      </div>
      <div className={styles.body}>
        <div className={styles.marks}>
          <KindMark kind={item.kind} />
          <span className={styles.licence}>{licence}</span>
        </div>
        <h2 className={styles.title}>
          <Link to={`/resources/${item.id}`} data-hit={item.id} onClick={onOpen}>
            {item.highlights.title ? <MarkedText html={item.highlights.title} /> : item.title}
          </Link>
        </h2>
        {passage ? (
          <Link
            className={styles.passage}
            to={`/resources/${item.id}?${withPlace(new URLSearchParams(), passage.file, placeOf(passage))}`}
            onClick={onOpen}
          >
            <FileTextOutlined aria-hidden="true" />
            <span>
              <PassageName passage={passage} />
              <MarkedText html={passage.text} />
            </span>
          </Link>
        ) : (
          (summary || item.summary) && (
            <p className={styles.summary}>{summary ? <MarkedText html={summary} /> : item.summary}</p>
          )
        )}
        <div className={styles.meta}>
          <MetaLine>
            {item.organisationName}
            {item.majors.slice(0, 2).map(major)}
          </MetaLine>
          <MetaLine>
            {words('files.count', { count: item.fileCount })}
            {formats.slice(0, 3).join(' ')}
            {formatSize(item.bytes, language)}
            {item.publishedAt && <When at={item.publishedAt} />}
          </MetaLine>
        </div>
      </div>
      {onPreview && (
        <Button
          className={styles.preview}
          size="small"
          icon={<EyeOutlined />}
          aria-label={t('preview.of', { title: item.title })}
          onClick={onPreview}
        >
          {t('preview')}
        </Button>
      )}
    </article>
  );
}

function PassageName({ passage }: { passage: PassageHit }) {
  const t = useTexts(searchTexts);
  const name =
    passage.page !== undefined
      ? t('passage.page', { number: passage.page })
      : passage.slide !== undefined
        ? t('passage.slide', { number: passage.slide })
        : passage.seconds !== undefined
          ? clock(passage.seconds)
          : (passage.sheet ?? passage.section ?? '');
  return name ? <b className={styles.place}>{name}</b> : null;
}

const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
