import { Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { pictureOf } from '../../../api/content.ts';
import { formatSize } from '../../../components/file-size.tsx';
import { KindMark } from '../../../components/kind-mark.tsx';
import { LinkButton } from '../../../components/link-button.tsx';
import { RowMenu } from '../../../components/row-menu.tsx';
import { say } from '../../../components/say.ts';
import { AttentionMark, StateMark } from '../../../components/state-mark.tsx';
import { Thumbnail } from '../../../components/thumbnail.tsx';
import { When } from '../../../components/when.tsx';
import { shell, useLanguage, useTexts } from '../../../i18n/index.ts';
import { DiscardDialog } from '../draft/discard-dialog.tsx';
import { useStep } from '../draft/queries.ts';
import { mineTexts } from './i18n.ts';
import styles from './own-row.module.css';
import type { OwnCard } from './queries.ts';
import { WithdrawDialog } from './withdraw-dialog.tsx';

/** One of my resources: where it stands, the next thing to do, and everything else behind one button. */
export function OwnRow({ resource }: { resource: OwnCard }) {
  const t = useTexts(mineTexts);
  const words = useTexts(shell);
  const language = useLanguage();
  const navigate = useNavigate();
  const { id, title, state, version, returned } = resource;
  const step = useStep(id);
  const [dialog, setDialog] = useState<'withdraw' | 'discard'>();
  const can = (verb: NonNullable<OwnCard['can']>[number]) => resource.can?.includes(verb) ?? false;
  const edit = `/resources/${id}/edit`;
  const read = version === null ? `/resources/${id}?view=draft` : `/resources/${id}`;
  const complain = (error: Error) => say(error.message);

  const startDraft = () => step.mutate('start-draft', { onSuccess: () => navigate(edit), onError: complain });
  const recall = () => step.mutate('recall', { onSuccess: () => say(t('recall.done')), onError: complain });

  const items = [
    { key: 'open', label: t('open'), run: () => navigate(read) },
    version !== null && { key: 'history', label: t('history'), run: () => navigate(`${read}#versions`) },
    can('recall') && { key: 'recall', label: t('recall'), run: recall },
    can('withdraw') && { key: 'withdraw', label: t('withdraw'), run: () => setDialog('withdraw') },
    (can('discard') || (state === 'draft' && can('edit') && version !== null)) && {
      key: 'discard',
      label: t('discard'),
      danger: true,
      run: () => setDialog('discard'),
    },
  ].filter((item) => item !== false);

  return (
    <li className={styles.row}>
      <div className={styles.picture}>
        <Thumbnail kind={resource.kind} src={pictureOf(resource)} />
      </div>
      <div className={styles.body}>
        <p className={styles.marks}>
          <KindMark kind={resource.kind} />
          {returned ? <AttentionMark text={t('returned')} /> : <StateMark state={state} />}
        </p>
        <h2 className={styles.title}>
          <Link to={can('edit') ? edit : read}>{title}</Link>
        </h2>
        <p className={styles.meta}>
          {version !== null && (
            <span>
              {t('version', { number: version })}
              {state !== 'published' && state !== 'withdrawn' && ` · ${t('next-draft')}`}
            </span>
          )}
          <span>
            {state === 'withdrawn'
              ? t('files.withdrawn')
              : resource.fileCount > 0
                ? t('files', { count: resource.fileCount, size: formatSize(resource.bytes, language) })
                : t('no-files')}
          </span>
          <span>{words(`scope.${resource.audience.scope}`)}</span>
          <span>
            {t('updated')} <When at={resource.updatedAt} />
          </span>
        </p>
      </div>
      <div className={styles.actions}>
        {can('edit') && <LinkButton to={edit}>{returned ? t('amend') : t('continue')}</LinkButton>}
        {can('start-draft') && (
          <Button loading={step.isPending} onClick={startDraft}>
            {t('start-draft')}
          </Button>
        )}
        <RowMenu className={styles.more} label={t('more', { name: title })} items={items} />
      </div>
      {dialog === 'withdraw' && <WithdrawDialog resource={resource} onEnd={() => setDialog(undefined)} />}
      {dialog === 'discard' && <DiscardDialog resource={resource} onEnd={() => setDialog(undefined)} />}
    </li>
  );
}
