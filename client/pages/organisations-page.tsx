import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { organisationKinds } from '../../server/members/contract.ts';
import { useMe } from '../api/me.ts';
import { Choice } from '../components/choice.tsx';
import { type Column, DataTable } from '../components/data-table.tsx';
import { Dialog } from '../components/dialog.tsx';
import { EditableText } from '../components/editable-text.tsx';
import { FilterBox } from '../components/filter-box.tsx';
import { NothingYet } from '../components/nothing-yet.tsx';
import { Page } from '../components/page.tsx';
import { ProblemView } from '../components/problem-view.tsx';
import { RowMenu } from '../components/row-menu.tsx';
import { say } from '../components/say.ts';
import { RowSkeletons } from '../components/skeletons.tsx';
import { AddOrganisation } from '../features/members/organisations/add-dialog.tsx';
import { GroupName } from '../features/members/organisations/group-name.tsx';
import { organisationTexts } from '../features/members/organisations/i18n.ts';
import {
  type Organisation,
  organisationsQuery,
  useEditOrganisation,
} from '../features/members/organisations/queries.ts';
import { useTexts } from '../i18n/index.ts';
import styles from './members-page.module.css';

/** The organisations of the group: found while typing, described in place. */
export function OrganisationsPage() {
  const t = useTexts(organisationTexts);
  const { may } = useMe();
  const { data, error, isPending, refetch } = useQuery(organisationsQuery);
  const edit = useEditOrganisation();
  const [typed, setTyped] = useState('');
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<Organisation>();
  const wanted = typed.trim().toLocaleLowerCase('zh-CN');
  const rows = (data ?? []).filter(({ name, shortName, region }) =>
    `${name} ${shortName} ${region}`.toLocaleLowerCase('zh-CN').includes(wanted),
  );

  async function save(
    organisation: Organisation,
    change: Parameters<typeof edit.mutateAsync>[0]['change'],
    words = t('saved', { name: organisation.name }),
  ) {
    await edit.mutateAsync({ organisation, change });
    say(words);
  }

  const text = (organisation: Organisation, field: 'name' | 'shortName' | 'region', column: string) => (
    <EditableText
      value={organisation[field]}
      label={t('cell', { name: organisation.name, column })}
      longest={field === 'name' ? 80 : field === 'shortName' ? 20 : 40}
      required={field === 'name'}
      disabled={!organisation.can.includes('edit')}
      {...(field === 'name' && { to: `/search?organisation=${organisation.id}` })}
      onSave={(value) => save(organisation, { [field]: value })}
    />
  );

  /** What a row's menu offers. */
  function standing(one: Organisation) {
    if (!one.can.includes('suspend')) return [];
    const reinstate = () =>
      void save(one, { suspended: false }, t('reinstated.done', { name: one.name })).catch((problem: Error) =>
        say(problem.message),
      );
    return one.suspended
      ? [{ key: 'reinstate', label: t('reinstate'), run: reinstate }]
      : [{ key: 'suspend', label: t('suspend'), danger: true, run: () => setLeaving(one) }];
  }

  const columns: Column<Organisation>[] = [
    { key: 'name', title: t('name'), cell: (one) => text(one, 'name', t('name')) },
    { key: 'short', title: t('short-name'), cell: (one) => text(one, 'shortName', t('short-name')) },
    {
      key: 'kind',
      title: t('kind'),
      cell: (one) =>
        one.can.includes('edit') ? (
          <Choice
            label={t('cell', { name: one.name, column: t('kind') })}
            value={one.kind}
            options={organisationKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
            onChange={(kind) => void save(one, { kind }).catch((problem: Error) => say(problem.message))}
          />
        ) : (
          t(`kind.${one.kind}`)
        ),
    },
    { key: 'region', title: t('region'), cell: (one) => text(one, 'region', t('region')) },
    { key: 'state', title: t('state'), cell: (one) => t(one.suspended ? 'suspended' : 'active') },
    {
      key: 'actions',
      title: t('actions'),
      quiet: true,
      align: 'end',
      cell: (one) => (
        <span className={styles.actions}>
          {one.can.includes('edit') && (
            <Link to={`/members?organisation=${one.id}`} aria-label={t('members.of', { name: one.name })}>
              {t('members')}
            </Link>
          )}
          <RowMenu label={t('more', { name: one.name })} items={standing(one)} />
        </span>
      ),
    },
  ];

  const add = may('create', 'organisation') && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  );
  return (
    <Page title={t('title')} lead={t('lead')} actions={add}>
      {may('edit', 'group') && <GroupName />}
      {isPending && <RowSkeletons />}
      {error && <ProblemView problem={error} onRetry={refetch} />}
      {data?.length === 0 && <NothingYet title={t('none')} hint={t('none.hint')} action={add} />}
      {data && data.length > 0 && (
        <>
          <div className={styles.bar}>
            <FilterBox label={t('filter')} value={typed} onChange={setTyped} />
          </div>
          {rows.length === 0 ? (
            <NothingYet title={t('none.found')} />
          ) : (
            <DataTable
              label={t('title')}
              columns={columns}
              rows={rows}
              keyOf={({ id }) => id}
              nameOf={({ name }) => name}
              isMuted={({ suspended }) => suspended}
            />
          )}
        </>
      )}
      {adding && <AddOrganisation onEnd={() => setAdding(false)} />}
      {leaving && (
        <Dialog
          title={t('suspend.title', { name: leaving.name })}
          go={{
            words: t('suspend'),
            run: () =>
              void save(leaving, { suspended: true }, t('suspended.done', { name: leaving.name }))
                .catch((problem: Error) => say(problem.message))
                .finally(() => setLeaving(undefined)),
            isBusy: edit.isPending,
            isDanger: true,
          }}
          onEnd={() => setLeaving(undefined)}
        >
          <p>{t('suspend.hint')}</p>
        </Dialog>
      )}
    </Page>
  );
}
