import { DownloadOutlined, PlusOutlined, UploadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import { useAsked } from '../api/asked.ts';
import { Choice } from '../components/choice.tsx';
import { FilterBox } from '../components/filter-box.tsx';
import { isFound } from '../components/finding.ts';
import { NothingYet } from '../components/nothing-yet.tsx';
import { Page } from '../components/page.tsx';
import { ProblemView } from '../components/problem-view.tsx';
import { RowSkeletons } from '../components/skeletons.tsx';
import { vocabularyTexts } from '../features/vocabularies/i18n.ts';
import { ImportDialog } from '../features/vocabularies/import-dialog.tsx';
import { MergeDialog } from '../features/vocabularies/merge-dialog.tsx';
import {
  type Term,
  termsQuery,
  usesOfTermsQuery,
  vocabulariesQuery,
  wordsOf,
} from '../features/vocabularies/queries.ts';
import { TermDialog } from '../features/vocabularies/term-dialog.tsx';
import { TermTable } from '../features/vocabularies/term-table.tsx';
import { matching, treeOf, unfolded } from '../features/vocabularies/tree.ts';
import { byUses, describes, termOrders } from '../features/vocabularies/uses.ts';
import { useLanguage, useTexts } from '../i18n/index.ts';
import styles from './vocabulary-page.module.css';

/** One vocabulary: filtered while typing, edited where it stands, merged, taken out and in as CSV. */
export function VocabularyPage() {
  const { key = '' } = useParams();
  const t = useTexts(vocabularyTexts);
  const language = useLanguage();
  const { data: all, isPending: isUnknown } = useQuery(vocabulariesQuery);
  const vocabulary = all?.find((one) => one.key === key);
  const mayEdit = vocabulary?.can.includes('edit') === true;
  // Who may bring a retired term back sees it.
  const asked = useQuery({ ...termsQuery(key, mayEdit), enabled: !isUnknown });
  const { data: terms, error, isPending, refetch } = asked;
  const isCounted = mayEdit && describes(key);
  const uses = useQuery({ ...usesOfTermsQuery(key), enabled: isCounted });
  const [params, ask] = useAsked();
  const order = (uses.data && termOrders.find((one) => one === params.get('order'))) ?? 'listed';
  const onOrder = (next: typeof order) => ask({ order: next === 'listed' ? '' : next });
  const [typed, setTyped] = useState('');
  const [dialog, setDialog] = useState<'add' | 'import'>();
  const [merging, setMerging] = useState<Term>();
  const [editing, setEditing] = useState<string>();
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const wanted = useDeferredValue(typed.trim());
  const tree = useMemo(() => treeOf(terms ?? []), [terms]);
  const rows = useMemo(() => {
    const isWanted = (term: Term) => wanted === '' || isFound({ words: wordsOf(term) }, wanted);
    if (uses.data && order !== 'listed')
      return byUses(
        tree.filter(({ term }) => isWanted(term)),
        uses.data,
        order,
      );
    return wanted === '' ? unfolded(tree, folded) : matching(tree, isWanted);
  }, [tree, wanted, folded, uses.data, order]);
  const branches = useMemo(
    () => tree.filter(({ isBranch }) => isBranch).map(({ term }) => term.code),
    [tree],
  );
  const fold = useCallback((code: string) => {
    setFolded((before) => {
      const after = new Set(before);
      if (!after.delete(code)) after.add(code);
      return after;
    });
  }, []);
  const mayFold = branches.length > 0 && wanted === '' && order === 'listed';
  const edit = useCallback(({ id }: Term) => setEditing(id), []);
  const edited = terms?.find(({ id }) => id === editing);
  const named = vocabulary && (vocabulary.labels[language] || vocabulary.labels['zh-CN']);
  const title = named ?? (isUnknown ? t('title') : key);
  const mayAdd = mayEdit && vocabulary?.closed === false;

  return (
    <Page
      title={title}
      lead={<Link to="/vocabularies">{t('back')}</Link>}
      actions={
        <>
          <Button
            icon={<DownloadOutlined />}
            href={`/api/vocabularies/${key}/terms.csv`}
            download={`${key}.csv`}
          >
            {t('export')}
          </Button>
          {vocabulary?.can.includes('import') && (
            <Button icon={<UploadOutlined />} onClick={() => setDialog('import')}>
              {t('import')}
            </Button>
          )}
          {mayAdd && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setDialog('add')}>
              {t('add')}
            </Button>
          )}
        </>
      }
    >
      {isPending && <RowSkeletons />}
      {error && <ProblemView problem={error} onRetry={refetch} />}
      {uses.error && <ProblemView problem={uses.error} onRetry={uses.refetch} />}
      {terms?.length === 0 && (
        <NothingYet
          title={t('none.terms')}
          hint={t('none.terms.hint')}
          action={
            mayAdd && (
              <Button type="primary" onClick={() => setDialog('add')}>
                {t('add')}
              </Button>
            )
          }
        />
      )}
      {terms && terms.length > 0 && (
        <>
          <div className={styles.bar}>
            <FilterBox label={t('filter')} value={typed} onChange={setTyped} />
            <p role="status" className={styles.quiet}>
              {wanted === ''
                ? t('shown', { count: terms.length })
                : t('shown.of', { count: rows.length, all: terms.length })}
            </p>
            {uses.data && (
              <div className={styles.order}>
                <Choice
                  label={t('orders')}
                  value={order}
                  options={termOrders.map((value) => ({ value, label: t(`order.${value}`) }))}
                  onChange={onOrder}
                />
              </div>
            )}
            {mayFold && (
              <Button
                type="text"
                onClick={() => setFolded(new Set(folded.size < branches.length ? branches : []))}
              >
                {folded.size < branches.length ? t('fold.all') : t('unfold.all')}
              </Button>
            )}
          </div>
          {rows.length === 0 ? (
            <NothingYet title={t('none.found')} />
          ) : (
            <TermTable
              vocabulary={key}
              label={title}
              rows={rows}
              mayMerge={mayAdd}
              onEdit={edit}
              onMerge={setMerging}
              folded={folded}
              onFold={mayFold ? fold : undefined}
              uses={isCounted ? { of: uses.data, order, onOrder } : undefined}
            />
          )}
        </>
      )}
      {vocabulary && dialog === 'add' && (
        <TermDialog vocabulary={vocabulary} terms={terms ?? []} onEnd={() => setDialog(undefined)} />
      )}
      {vocabulary && edited && (
        <TermDialog
          vocabulary={vocabulary}
          terms={terms ?? []}
          term={edited}
          onEnd={() => setEditing(undefined)}
        />
      )}
      {vocabulary && dialog === 'import' && (
        <ImportDialog vocabulary={vocabulary} onEnd={() => setDialog(undefined)} />
      )}
      {merging && (
        <MergeDialog
          vocabulary={key}
          term={merging}
          terms={terms ?? []}
          onEnd={() => setMerging(undefined)}
        />
      )}
    </Page>
  );
}
