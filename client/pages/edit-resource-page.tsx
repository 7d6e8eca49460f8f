import { useIsFetching, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useParams } from 'react-router';
import type { TakenWay } from '../../server/resources/contract.ts';
import { previewsQuery } from '../api/previews.ts';
import { isProblem } from '../api/problem-error.ts';
import { KindMark } from '../components/kind-mark.tsx';
import { Page } from '../components/page.tsx';
import { ProblemView } from '../components/problem-view.tsx';
import { ViewerSkeleton } from '../components/skeletons.tsx';
import { DescriptionForm } from '../features/resources/draft/description-form.tsx';
import { DraftConflict } from '../features/resources/draft/draft-conflict.tsx';
import { FileList } from '../features/resources/draft/file-list.tsx';
import { draftTexts } from '../features/resources/draft/i18n.ts';
import { Onward } from '../features/resources/draft/onward.tsx';
import { draftQuery, type Resource } from '../features/resources/draft/queries.ts';
import { ReturnedWords } from '../features/resources/draft/returned-words.tsx';
import { UnderReview } from '../features/resources/draft/under-review.tsx';
import { useDraft } from '../features/resources/draft/use-draft.ts';
import { useRemoval } from '../features/resources/draft/use-removal.ts';
import { Editors } from '../features/resources/editors/editors.tsx';
import { useWordsOf } from '../features/resources/words-of.ts';
import { PickButtons, WholePageDrop } from '../features/uploads/drop-zone.tsx';
import type { Dropped } from '../features/uploads/dropped.ts';
import { asOne } from '../features/uploads/reading.ts';
import { TakenDialog, takenIn } from '../features/uploads/taken-dialog.tsx';
import { TransferList } from '../features/uploads/transfer-list.tsx';
import { findUnfinished, isUnderWay, onArrival, send, useTransfers } from '../features/uploads/transfers.ts';
import { useTexts } from '../i18n/index.ts';
import { useDescriptionLists } from './description-lists.ts';
import { NoDraft } from './edit/no-draft.tsx';
import styles from './edit-resource-page.module.css';
import { uploadPageTexts } from './upload-page-texts.ts';

const FileDrawer = lazy(async () => ({ default: (await import('./edit/file-drawer.tsx')).FileDrawer }));

/** A draft while it is written: files on their way, the description, and what is missing. */
export function EditResourcePage() {
  const { id = '' } = useParams();
  const t = useTexts(uploadPageTexts);
  const { data, error, isPending, refetch } = useQuery(draftQuery(id));
  if (isPending)
    return (
      <Page title={t('edit.title')}>
        <ViewerSkeleton />
      </Page>
    );
  if (isProblem(error, 'resources/no-draft')) return <NoDraft id={id} />;
  if (error || !data)
    return (
      <Page title={t('edit.title')}>
        <ProblemView problem={error} onRetry={refetch} />
      </Page>
    );
  return <DraftDesk key={id} resource={data} />;
}

function DraftDesk({ resource }: { resource: Resource }) {
  const t = useTexts(uploadPageTexts);
  const words = useTexts(draftTexts);
  const { id, returned } = resource;
  const cache = useQueryClient();
  const draft = useDraft(resource);
  const removal = useRemoval(id);
  const lists = useDescriptionLists();
  const wordsOf = useWordsOf();
  const [looked, setLooked] = useState<string>();
  /** Waits for what is to become of those whose paths are taken. */
  const [asked, setAsked] = useState<Record<'files' | 'taken', readonly Dropped[]>>();
  const transfers = useTransfers().filter((transfer) => transfer.resource === id);

  useEffect(() => void findUnfinished(), []);
  useEffect(
    () =>
      onArrival((arrived) => {
        if (arrived !== id) return;
        for (const { queryKey } of [draftQuery(id), previewsQuery(id, 'draft')])
          void cache.invalidateQueries({ queryKey });
      }),
    [id, cache],
  );

  const sendAll = (files: readonly Dropped[], taken: TakenWay) =>
    send(files.map(({ file, path }) => ({ file, path, resource: id, taken })));
  async function take(dropped: Dropped[]) {
    await removal.finish();
    const { files } = asOne(dropped);
    const taken = takenIn((cache.getQueryData(draftQuery(id).queryKey) ?? resource).files, files);
    if (taken.length > 0) setAsked({ files, taken });
    else sendAll(files, 'rename');
  }
  const remarks = Object.fromEntries((returned?.fields ?? []).map(({ field, comment }) => [field, comment]));
  /** A file that has just arrived is in the draft once that is read again. */
  const isReading = useIsFetching({ queryKey: draftQuery(id).queryKey }) > 0;
  const nothing =
    resource.files.length === 0 && !isReading && transfers.every(({ state }) => state === 'done');

  return (
    <Page
      title={draft.values.title || t('edit.title')}
      lead={<KindMark kind={draft.values.kind} />}
      actions={<Editors resource={resource} />}
    >
      <WholePageDrop onFiles={take} disabled={!draft.editable} />
      <DraftConflict resource={id} draft={draft} wordsOf={wordsOf} />
      {asked && <TakenDialog {...asked} onChoose={sendAll} onEnd={() => setAsked(undefined)} />}
      <div className={styles.desk}>
        <div className={styles.work}>
          {resource.state === 'submitted' && <UnderReview resource={resource} />}
          {returned && resource.state === 'draft' && <ReturnedWords returned={returned} />}
          <section className={styles.files} id="field-files" aria-label={words('field.files')}>
            <div className={styles.head}>
              <h2>{words('field.files')}</h2>
              {draft.editable && (
                <span className={styles.buttons}>
                  <PickButtons onFiles={take} />
                </span>
              )}
            </div>
            {remarks.files && <p className={styles.remark}>{remarks.files}</p>}
            {nothing && <p className={styles.empty}>{words('files.empty')}</p>}
            <FileList resource={resource} removal={removal} onOpen={setLooked}>
              <TransferList transfers={transfers} />
            </FileList>
          </section>
          <DescriptionForm resource={resource} draft={draft} lists={lists} remarks={remarks} />
        </div>
        {looked !== undefined && (
          <Suspense fallback={null}>
            <FileDrawer resource={resource} path={looked} onClose={() => setLooked(undefined)} />
          </Suspense>
        )}
        <Onward
          resource={resource}
          draft={draft}
          removal={removal}
          uploading={transfers.filter(isUnderWay).length}
        />
      </div>
    </Page>
  );
}
