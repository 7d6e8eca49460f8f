import { FontSizeOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../../i18n/index.ts';
import { nameOf } from '../kinds.ts';
import { Opening } from '../opening.tsx';
import { NotOpened } from '../viewer-boundary.tsx';
import { bookOf } from './epub-book.ts';
import { packageTexts } from './i18n.ts';
import { encodePath, type PackageProps } from './package-props.ts';
import styles from './packages.module.css';
import { PartList } from './part-list.tsx';
import { textSizes, useReading } from './reading.ts';
import { SandboxFrame } from './sandbox-frame.tsx';

/** A book in its own pages, section by section, beside its contents. Its scripts do not run. */
export function EpubReader({ file, base, play, entry, place: page, onPlace }: PackageProps) {
  const t = useTexts(packageTexts);
  const { data: book, error } = useQuery({
    queryKey: ['epub', base],
    queryFn: ({ signal }) => bookOf((path) => textAt(base + encodePath(path), signal)),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [chosen, setPlace] = useState<{ section: number; mark: string }>();
  const reading = useReading(base);
  if (error) return <NotOpened because={t('book.unreadable')} />;
  if (!book) return <Opening path={file.path} poster={file.poster} />;
  const last = (page ?? reading.lastPlace() ?? 1) - 1;
  const asked = entry === undefined ? last : book.sections.indexOf(entry);
  const place = chosen ?? { section: asked in book.sections ? asked : 0, mark: '' };
  const section = book.sections[place.section];
  if (section === undefined) return <NotOpened because={t('empty')} />;
  const go = (to: number, mark = '') => {
    setPlace({ section: to, mark });
    reading.keepPlace(to + 1);
    onPlace?.(to + 1);
  };
  const open = (path: string, mark: string) => {
    const found = book.sections.indexOf(path);
    if (found >= 0) go(found, mark);
  };
  const chapter = book.contents.findLast(({ path }) => path === section)?.title;
  const smaller = textSizes.findLast((size) => size < reading.size);
  const larger = textSizes.find((size) => size > reading.size);
  return (
    <>
      <div className={styles.body}>
        {book.contents.length > 0 && (
          <PartList label={t('contents')} current={chapter ?? t('chapter', { number: place.section + 1 })}>
            {book.contents.map(({ title, path, mark, depth }, index) => (
              <button
                // biome-ignore lint/suspicious/noArrayIndexKey: a book may name the same place twice
                key={index}
                type="button"
                className={`${styles.item} ${depth > 0 ? styles.deeper : ''}`}
                aria-current={path === section && mark === place.mark}
                onClick={() => open(path, mark)}
              >
                {title}
              </button>
            ))}
          </PartList>
        )}
        <SandboxFrame
          key={section + place.mark}
          src={`${play}${encodePath(section)}?still${place.mark}`}
          title={book.title || nameOf(file.path)}
          runs={false}
          scale={reading.size}
        />
      </div>
      <div className={styles.bar}>
        <Button
          type="text"
          icon={<LeftOutlined />}
          disabled={place.section === 0}
          onClick={() => go(place.section - 1)}
        >
          {t('previous')}
        </Button>
        <span className={styles.gap} />
        <span>
          {place.section + 1} / {book.sections.length}
        </span>
        <Button
          type="text"
          icon={<FontSizeOutlined style={{ fontSize: 12 }} />}
          aria-label={t('text.smaller')}
          title={t('text.smaller')}
          disabled={smaller === undefined}
          onClick={() => smaller && reading.setSize(smaller)}
        />
        <Button
          type="text"
          icon={<FontSizeOutlined />}
          aria-label={t('text.larger')}
          title={t('text.larger')}
          disabled={larger === undefined}
          onClick={() => larger && reading.setSize(larger)}
        />
        <span className={styles.gap} />
        <Button
          type="text"
          disabled={place.section + 1 >= book.sections.length}
          onClick={() => go(place.section + 1)}
        >
          {t('next')} <RightOutlined />
        </Button>
      </div>
    </>
  );
}

async function textAt(url: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return response.text();
}
