import { DeleteOutlined, TeamOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, type RefSelectProps, Select } from 'antd';
import { useDeferredValue, useRef, useState } from 'react';
import { useMe } from '../../../api/me.ts';
import { Dialog } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { shell, useLanguage, useTexts } from '../../../i18n/index.ts';
import type { Resource } from '../draft/queries.ts';
import { peopleQuery } from '../queries.ts';
import styles from './editors.module.css';
import { editorsTexts } from './i18n.ts';
import { colleaguesQuery, useEditors } from './queries.ts';

/** With whom a draft is written, and the way to invite somebody; nothing when there is neither. */
export function Editors({ resource }: { resource: Resource }) {
  const t = useTexts(editorsTexts);
  const language = useLanguage();
  const { me } = useMe();
  const [isOpen, setOpen] = useState(false);
  const people = [resource.owner, ...(resource.editors ?? [])];
  const { data: names } = useQuery({ ...peopleQuery(people), placeholderData: keepPreviousData });
  const others = people.filter((id) => id !== me?.id).flatMap((id) => names?.get(id) ?? []);
  if (people.length === 1 && !resource.can.includes('share')) return null;
  return (
    <>
      <Button
        icon={<TeamOutlined />}
        className={styles.button}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {people.length === 1
          ? t('invite')
          : t('with', { names: others.join(language === 'en' ? ', ' : '、') })}
      </Button>
      {isOpen && (
        <EditorsDialog
          resource={resource}
          people={people}
          nameOf={(id) => names?.get(id) ?? ''}
          onEnd={() => setOpen(false)}
        />
      )}
    </>
  );
}

interface Props {
  resource: Resource;
  /** The owner first. */
  people: readonly string[];
  nameOf: (id: string) => string;
  onEnd: () => void;
}

function EditorsDialog({ resource, people, nameOf, onEnd }: Props) {
  const t = useTexts(editorsTexts);
  const words = useTexts(shell);
  const { me } = useMe();
  const editors = useEditors(resource);
  const [typed, setTyped] = useState('');
  const finder = useRef<RefSelectProps>(null);
  const [done, setDone] = useState<{ person: string; name: string; edits: boolean }>();
  const q = useDeferredValue(typed.trim());
  const { data: found = [], isFetching } = useQuery(colleaguesQuery(q));
  const mayShare = resource.can.includes('share');
  const offered = q === '' ? [] : found.filter(({ id }) => !people.includes(id));

  function change(person: string, name: string, edits: boolean) {
    editors.mutate(
      { person, edits },
      {
        onSuccess() {
          setDone({ person, name, edits });
          if (edits) finder.current?.focus(); // from where it was undone, which is gone then
        },
      },
    );
  }

  return (
    <Dialog
      title={t('title')}
      onEnd={onEnd}
      foot={
        <Button type="primary" onClick={onEnd}>
          {t('done')}
        </Button>
      }
    >
      <div className={styles.dialog}>
        <p className={styles.quiet}>{t('rights')}</p>
        {mayShare && (
          <Field label={t('find')} hint={t('find.hint')} error={editors.error?.message}>
            {(ids) => (
              <Select<string | null, { value: string; label: string }>
                {...ids}
                ref={finder}
                autoFocus
                value={null}
                loading={isFetching || editors.isPending}
                suffixIcon={null}
                showSearch={{ searchValue: typed, onSearch: setTyped, filterOption: false }}
                notFoundContent={q !== '' && !isFetching ? t('find.none') : null}
                options={offered.map(({ id, name }) => ({ value: id, label: name }))}
                onSelect={(id, { label }) => {
                  setTyped('');
                  if (id !== null) change(id, label, true);
                }}
              />
            )}
          </Field>
        )}
        <ul aria-label={t('list')}>
          {people.map((id) => (
            <li key={id} className={styles.person}>
              <span className={styles.name}>{nameOf(id)}</span>
              {id === me?.id && <span className={styles.quiet}>{t('you')}</span>}
              {id === resource.owner && <span className={styles.quiet}>{t('owner')}</span>}
              {mayShare && id !== resource.owner && (
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t('remove', { name: nameOf(id) })}
                  disabled={editors.isPending}
                  onClick={() => change(id, nameOf(id), false)}
                />
              )}
            </li>
          ))}
        </ul>
        <p role="status">
          {done && t(done.edits ? 'added' : 'removed', { name: done.name })}
          {done && !done.edits && (
            <Button
              autoFocus
              type="link"
              size="small"
              loading={editors.isPending}
              onClick={() => change(done.person, done.name, true)}
            >
              {words('undo')}
            </Button>
          )}
        </p>
      </div>
    </Dialog>
  );
}
