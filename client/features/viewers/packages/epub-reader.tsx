import { LeftOutlined, RightOutlined } from '@ant-design/icons';
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
import { SandboxFrame } from './sandbox-frame.tsx';

/** A book in its own pages, section by section, beside its contents. Its scripts do not run. */
export function EpubReader({ file, base, play, entry }: PackageProps) {
  const t = useTexts(packageTexts);
  const { data: book, error } = useQuery({
    queryKey: ['epub', base],
    queryFn: ({ signal }) => bookOf((path) => textAt(base + encodePath(path), signal)),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [chosen, setPlace] = useState<{ section: number; mark: string }>();
  if (error) return <NotOpened because={file.failure} />;
  if (!book) return <Opening path={file.path} poster={file.poster} />;
  const asked = entry === undefined ? 0 : Math.max(0, book.sections.indexOf(entry));
  const place = chosen ?? { section: asked, mark: '' };
  const section = book.sections[place.section];
  if (section === undefined) return <NotOpened because={t('empty')} />;
  const open = (path: string, mark: string) => {
    const found = book.sections.indexOf(path);
    if (found >= 0) setPlace({ section: found, mark });
  };
  return (
    <>
      <div className={styles.body}>
        {book.contents.length > 0 && (
          <nav className={styles.items} aria-label={t('contents')}>
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
          </nav>
        )}
        <SandboxFrame
          key={section + place.mark}
          src={`${play}${encodePath(section)}?still${place.mark}`}
          title={book.title || nameOf(file.path)}
          runs={false}
        />
      </div>
      <div className={styles.bar}>
        <Button
          type="text"
          icon={<LeftOutlined />}
          disabled={place.section === 0}
          onClick={() => setPlace({ section: place.section - 1, mark: '' })}
        >
          {t('previous')}
        </Button>
        <span className={styles.gap} />
        <span>
          {place.section + 1} / {book.sections.length}
        </span>
        <span className={styles.gap} />
        <Button
          type="text"
          disabled={place.section + 1 >= book.sections.length}
          onClick={() => setPlace({ section: place.section + 1, mark: '' })}
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
