import { useQueries, useQueryClient } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { ActionBar } from '../components/action-bar.tsx';
import { LinkButton } from '../components/link-button.tsx';
import { NothingYet } from '../components/nothing-yet.tsx';
import { Page } from '../components/page.tsx';
import { ProblemView } from '../components/problem-view.tsx';
import { say } from '../components/say.ts';
import { RowSkeletons } from '../components/skeletons.tsx';
import { kinds, levels } from '../features/resources/draft/choices.ts';
import type { Description } from '../features/resources/draft/description.ts';
import { DraftRow, type RowHandle } from '../features/resources/draft/draft-row.tsx';
import tableStyles from '../features/resources/draft/draft-table.module.css';
import { draftTexts } from '../features/resources/draft/i18n.ts';
import { draftQuery, submitDraft } from '../features/resources/draft/queries.ts';
import { useWordsOf } from '../features/resources/words-of.ts';
import { WholePageDrop } from '../features/uploads/drop-zone.tsx';
import { StateOfTransfers } from '../features/uploads/state-of-transfers.tsx';
import { findUnfinished, isUnderWay, onArrival, useTransfers } from '../features/uploads/transfers.ts';
import { shell, useTexts } from '../i18n/index.ts';
import { useDescriptionLists } from './description-lists.ts';
import { uploadPageTexts } from './upload-page-texts.ts';

/** Several drafts at once, a row each; what many share is set in one go. */
export function UploadTablePage() {
  const t = useTexts(uploadPageTexts);
  const words = useTexts(shell);
  const fields = useTexts(draftTexts);
  const cache = useQueryClient();
  const [params] = useSearchParams();
  const ids = (params.get('drafts') ?? '').split(',').filter(Boolean);
  const drafts = useQueries({ queries: ids.map(draftQuery) });
  const lists = useDescriptionLists();
  const wordsOf = useWordsOf();
  const transfers = useTransfers();
  const rows = useRef(new Map<string, RowHandle>());
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState(false);

  useEffect(() => void findUnfinished(), []);
  useEffect(
    () => onArrival((id) => void cache.invalidateQueries({ queryKey: draftQuery(id).queryKey })),
    [cache],
  );

  const there = drafts.flatMap(({ data }) => data ?? []);
  const picked = chosen.size > 0 ? there.filter(({ id }) => chosen.has(id)) : there;
  const uploading = new Set(transfers.filter(isUnderWay).map(({ resource }) => resource));
  const ready = picked.filter(
    ({ id, can, missing }) =>
      can.includes('submit') && !missing?.some(({ needed }) => needed) && !uploading.has(id),
  );

  function setAll<Name extends keyof Description>(name: Name, value: Description[Name]) {
    for (const id of chosen) rows.current.get(id)?.set(name, value);
  }

  async function submitReady() {
    setBusy(true);
    const failed: Record<string, string> = {};
    for (const { id } of ready) {
      try {
        await rows.current.get(id)?.save();
        cache.setQueryData(draftQuery(id).queryKey, await submitDraft(id));
      } catch (error) {
        failed[id] = (error as Error).message;
      }
    }
    setBusy(false);
    setFaults(failed);
    void cache.invalidateQueries({ queryKey: ['resources'], refetchType: 'none' });
    const count = Object.keys(failed).length;
    say(count > 0 ? t('table.submit-failed', { count }) : t('table.submitted-many', { count: ready.length }));
  }

  if (ids.length === 0)
    return (
      <Page title={t('table.title')}>
        <NothingYet
          title={t('table.none')}
          hint={t('table.none.hint')}
          action={
            <LinkButton to="/upload" type="primary">
              {words('upload')}
            </LinkButton>
          }
        />
      </Page>
    );

  return (
    <Page
      title={t('table.title')}
      lead={t('table.lead')}
      width="full"
      actions={
        <>
          <LinkButton to="/mine">{t('table.all-mine')}</LinkButton>
          <Button
            type="primary"
            disabled={ready.length === 0}
            loading={busy}
            onClick={() => void submitReady()}
          >
            {t('table.submit', { count: ready.length })}
          </Button>
        </>
      }
    >
      <WholePageDrop disabled onFiles={() => undefined} />
      <div className={tableStyles.frame}>
        <table className={tableStyles.table} aria-label={t('table.title')}>
          <thead>
            <tr>
              {['resource', 'summary', 'type', 'level', 'majors', 'state'].map((name) => (
                <th key={name} scope="col">
                  {t(`table.${name as 'resource'}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {drafts.map(({ data, error, isPending, isFetching, refetch }, index) => {
              const id = ids[index] ?? '';
              if (data)
                return (
                  <DraftRow
                    key={id}
                    resource={data}
                    lists={lists}
                    wordsOf={wordsOf}
                    chosen={chosen.has(id)}
                    onChoose={(on) => {
                      const next = new Set(chosen);
                      if (on) next.add(id);
                      else next.delete(id);
                      setChosen(next);
                    }}
                    register={(handle) => {
                      if (handle) rows.current.set(id, handle);
                      else rows.current.delete(id);
                    }}
                    fault={faults[id]}
                    isUploading={uploading.has(id) || isFetching}
                  >
                    <StateOfTransfers transfers={transfers.filter(({ resource }) => resource === id)} />
                  </DraftRow>
                );
              return (
                <tr key={id}>
                  <td colSpan={6}>
                    {isPending ? (
                      <RowSkeletons count={1} />
                    ) : (
                      error && <ProblemView problem={error} onRetry={refetch} />
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <ActionBar count={chosen.size} onClear={() => setChosen(new Set())}>
        <Select<Description['kind'] | null>
          aria-label={t('table.set', { field: fields('field.kind') })}
          placeholder={t('table.set', { field: fields('field.kind') })}
          value={null}
          style={{ width: 140 }}
          options={kinds.map((value) => ({ value, label: words(`kind.${value}`) }))}
          onChange={(kind) => kind && setAll('kind', kind)}
        />
        <Select<string[]>
          mode="multiple"
          aria-label={t('table.set', { field: fields('field.majors') })}
          placeholder={t('table.set', { field: fields('field.majors') })}
          value={[]}
          style={{ width: 180 }}
          options={lists.majors.map(({ value, label, words: search }) => ({ value, label, search }))}
          showSearch={{ optionFilterProp: 'search' }}
          onChange={(majors) => setAll('majors', majors)}
        />
        <Select<Description['level']>
          aria-label={t('table.set', { field: fields('field.level') })}
          placeholder={t('table.set', { field: fields('field.level') })}
          value={null}
          style={{ width: 140 }}
          options={levels.map((value) => ({ value, label: words(`level.${value}`) }))}
          onChange={(level) => setAll('level', level)}
        />
        <Select<string | null>
          aria-label={t('table.set', { field: fields('field.materialType') })}
          placeholder={t('table.set', { field: fields('field.materialType') })}
          value={null}
          style={{ width: 160 }}
          options={lists.materialTypes.map(({ value, label }) => ({ value, label }))}
          onChange={(type) => setAll('materialType', type)}
        />
      </ActionBar>
    </Page>
  );
}
