import { Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Page } from '../components/page.tsx';
import { ProblemView } from '../components/problem-view.tsx';
import { beginDrafts } from '../features/resources/draft/begin.ts';
import { createDraft, type Resource } from '../features/resources/draft/queries.ts';
import { BundleChoice } from '../features/uploads/bundle-choice.tsx';
import { DropInvitation, WholePageDrop } from '../features/uploads/drop-zone.tsx';
import type { Dropped } from '../features/uploads/dropped.ts';
import { uploadTexts } from '../features/uploads/i18n.ts';
import { type Bundle, read } from '../features/uploads/reading.ts';
import { send } from '../features/uploads/transfers.ts';
import { shell, useLanguage, useTexts } from '../i18n/index.ts';
import styles from './upload-page.module.css';
import { uploadPageTexts } from './upload-page-texts.ts';

/** Where every resource begins: files are dropped, drafts are made of them, and the upload starts at once. */
export function UploadPage() {
  const t = useTexts(uploadPageTexts);
  const words = useTexts(shell);
  const uploads = useTexts(uploadTexts);
  const language = useLanguage();
  const navigate = useNavigate();
  const [dropped, setDropped] = useState<Dropped[]>();
  const [making, setMaking] = useState<{ done: number; count: number }>();
  const [failure, setFailure] = useState<Error>();

  const begin = (bundles: readonly Bundle[]) =>
    open(bundles.length, async () => {
      const drafts = await beginDrafts(
        bundles.map(({ name, files }) =>
          read(files, bundles.length > 1 || files.length > 1 ? name : undefined),
        ),
        (done) => setMaking({ done, count: bundles.length }),
      );
      send(
        drafts.flatMap(({ id }, index) =>
          (bundles[index]?.files ?? []).map(({ file, path }) => ({
            file,
            path,
            resource: id,
            taken: 'rename' as const,
          })),
        ),
      );
      return drafts;
    });

  /** A resource can also begin with its description, for example before the recording is made. */
  const beginWithWords = () =>
    open(1, async () => [await createDraft({ kind: 'courseware', title: t('untitled'), language })]);

  async function open(count: number, make: () => Promise<Resource[]>) {
    setFailure(undefined);
    setMaking({ done: 0, count });
    try {
      const drafts = await make();
      const [first] = drafts;
      if (drafts.length === 1 && first) navigate(`/resources/${first.id}/edit`);
      else navigate(`/upload/table?drafts=${drafts.map(({ id }) => id).join(',')}`);
    } catch (error) {
      setMaking(undefined);
      setFailure(error as Error);
    }
  }

  function take(files: Dropped[]) {
    if (files.length === 1) void begin([{ name: files[0]?.path ?? '', files }]);
    else setDropped(files);
  }

  return (
    <Page
      title={words('upload')}
      lead={t('lead')}
      actions={
        <Button disabled={making !== undefined} onClick={() => void beginWithWords()}>
          {t('without-files')}
        </Button>
      }
    >
      <WholePageDrop asks onFiles={take} disabled={making !== undefined} />
      {failure && <ProblemView problem={failure} onRetry={() => dropped && setFailure(undefined)} />}
      {making ? (
        <div className={styles.making} role="status">
          <progress value={making.done} max={making.count} aria-label={uploads('making')} />
          <p>{making.count > 1 ? uploads('made', making) : uploads('making')}</p>
        </div>
      ) : dropped ? (
        <BundleChoice dropped={dropped} onChoose={begin} onAgain={() => setDropped(undefined)} />
      ) : (
        <DropInvitation onFiles={take} />
      )}
    </Page>
  );
}
