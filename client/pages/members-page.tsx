import { DownloadOutlined, LinkOutlined, UploadOutlined, UserAddOutlined } from '@ant-design/icons';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { useSearchParams } from 'react-router';
import { groupRoles, organisationRoles } from '../../server/access/contract.ts';
import { useMe } from '../api/me.ts';
import { ActionBar } from '../components/action-bar.tsx';
import { type Column, DataTable } from '../components/data-table.tsx';
import { Dialog } from '../components/dialog.tsx';
import { FilterBox } from '../components/filter-box.tsx';
import { LinkButton } from '../components/link-button.tsx';
import { NothingYet } from '../components/nothing-yet.tsx';
import { Notice } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { ProblemView } from '../components/problem-view.tsx';
import { RowMenu } from '../components/row-menu.tsx';
import { say } from '../components/say.ts';
import { RowSkeletons } from '../components/skeletons.tsx';
import { When } from '../components/when.tsx';
import { type Organisation, organisationsQuery } from '../features/members/organisations/queries.ts';
import { peopleTexts } from '../features/members/people/i18n.ts';
import { ImportDialog } from '../features/members/people/import-dialog.tsx';
import { InviteDialog } from '../features/members/people/invite-dialog.tsx';
import { LinkDialog } from '../features/members/people/link-dialog.tsx';
import { PendingInvitations } from '../features/members/people/pending-invitations.tsx';
import {
  type OrganisationRole,
  type Person,
  peopleQuery,
  useEditPerson,
  useRenewLink,
} from '../features/members/people/queries.ts';
import { RolesSelect } from '../features/members/people/roles-select.tsx';
import { shell, useTexts } from '../i18n/index.ts';
import styles from './members-page.module.css';

/** The people of the own organisation, or of another one for those who may look after them. */
export function MembersPage() {
  const t = useTexts(peopleTexts);
  const { organisation: own, may } = useMe();
  const [params, setParams] = useSearchParams();
  const { data: organisations, error, refetch } = useQuery(organisationsQuery);
  const id = params.get('organisation') ?? own?.id;
  const organisation = organisations?.find((one) => one.id === id);
  if (organisation?.can.includes('edit'))
    return (
      <Members key={id} organisation={organisation}>
        {may('create', 'organisation') && (
          <Select
            aria-label={t('organisation')}
            value={id}
            style={{ minWidth: 220 }}
            showSearch={{ optionFilterProp: 'label' }}
            options={organisations?.map((one) => ({ value: one.id, label: one.name }))}
            onChange={(next) => setParams({ organisation: next })}
          />
        )}
      </Members>
    );
  return (
    <Page title={t('title')} lead={organisation?.name}>
      {error ? (
        <ProblemView problem={error} onRetry={refetch} />
      ) : organisations ? (
        <Notice
          title={organisation ? t('others', { organisation: organisation.name }) : t('no-organisation')}
          detail={t('others.detail')}
          actions={<LinkButton to="/members">{t('own')}</LinkButton>}
        />
      ) : (
        <RowSkeletons />
      )}
    </Page>
  );
}

interface Props {
  organisation: Organisation;
  /** Chooses another organisation. */
  children: ReactNode;
}

/** Those of one organisation: found while typing, roles changed in place, many at once. */
function Members({ organisation, children }: Props) {
  const t = useTexts(peopleTexts);
  const words = useTexts(shell);
  const { me } = useMe();
  const { id } = organisation;
  const [typed, setTyped] = useState('');
  const query = useInfiniteQuery(peopleQuery(id, useDeferredValue(typed.trim())));
  const people = query.data?.pages.flatMap((page) => page.items);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [dialog, setDialog] = useState<'invite' | 'import'>();
  const [link, setLink] = useState<{ name: string; path: string; expiresAt: string }>();
  const [leaving, setLeaving] = useState<readonly Person[]>();
  const edit = useEditPerson(id);
  const renew = useRenewLink(id);

  const complain = (error: Error) => say(error.message);
  const change = (person: Person, roles: Partial<Pick<Person, 'roles' | 'groupRoles'>>) =>
    edit.mutate(
      { person, change: roles },
      { onSuccess: () => say(t('saved', { name: person.name })), onError: complain },
    );

  async function changeAll(
    among: readonly Person[],
    changeOf: (person: Person) => Parameters<typeof edit.mutateAsync>[0]['change'],
    done: (count: number) => string,
  ) {
    const outcomes = await Promise.allSettled(
      among.map((person) => edit.mutateAsync({ person, change: changeOf(person) })),
    );
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    const [first] = refused;
    say(
      first
        ? t('some-failed', { count: refused.length, reason: String((first.reason as Error).message) })
        : done(among.length),
    );
    setChosen(new Set());
  }

  const reinstate = (people: readonly Person[]) =>
    changeAll(
      people,
      () => ({ suspended: false }),
      (count) => t('reinstated', { count }),
    );

  /** What a row's menu offers. */
  function standing(person: Person) {
    if (!person.can.includes('suspend')) return [];
    return person.state === 'suspended'
      ? [{ key: 'reinstate', label: t('reinstate'), run: () => void reinstate([person]) }]
      : [{ key: 'suspend', label: t('suspend'), danger: true, run: () => setLeaving([person]) }];
  }

  const columns: Column<Person>[] = [
    {
      key: 'name',
      title: t('name'),
      cell: ({ name, email }) => (
        <div>
          <span className={styles.name}>{name}</span>
          <span className={styles.quiet}>{email}</span>
        </div>
      ),
    },
    {
      key: 'roles',
      title: t('roles'),
      width: '32%',
      cell: (person) => (
        <RolesSelect<OrganisationRole>
          label={t('roles.of', { name: person.name })}
          roles={organisationRoles}
          value={person.roles}
          atLeastOne
          disabled={!person.can.includes('appoint')}
          onChange={(roles) => change(person, { roles })}
        />
      ),
    },
    ...(people?.some(({ can, groupRoles: given }) => can.includes('entrust') || given.length > 0)
      ? [
          {
            key: 'group-roles',
            title: t('group-roles'),
            width: '20%',
            cell: (person: Person) => (
              <RolesSelect<Person['groupRoles'][number]>
                label={t('group-roles.of', { name: person.name })}
                roles={groupRoles}
                value={person.groupRoles}
                disabled={!person.can.includes('entrust')}
                onChange={(given) => change(person, { groupRoles: given })}
              />
            ),
          },
        ]
      : []),
    { key: 'state', title: t('state'), cell: ({ state }) => t(`state.${state}`) },
    { key: 'since', title: t('since'), cell: ({ createdAt }) => <When at={createdAt} /> },
    {
      key: 'actions',
      title: t('actions'),
      quiet: true,
      align: 'end',
      cell: (person) => (
        <span className={styles.actions}>
          {person.can.includes('appoint') && person.state !== 'suspended' && (
            <Button
              type="text"
              icon={<LinkOutlined />}
              aria-label={t('new-link.for', { name: person.name })}
              onClick={() =>
                renew.mutate(person.id, {
                  onSuccess: (made) => setLink({ name: person.name, ...made }),
                  onError: complain,
                })
              }
            >
              {t('new-link')}
            </Button>
          )}
          <RowMenu label={t('more', { name: person.name })} items={standing(person)} />
        </span>
      ),
    },
  ];

  const picked = (people ?? []).filter((person) => chosen.has(person.id));
  const suspendable = picked.filter(({ can, state }) => can.includes('suspend') && state !== 'suspended');
  const suspended = picked.filter(({ can, state }) => can.includes('suspend') && state === 'suspended');
  const appointable = picked.filter(({ can }) => can.includes('appoint'));

  return (
    <Page
      title={t('title')}
      lead={organisation.name}
      actions={
        <>
          <Button
            icon={<DownloadOutlined />}
            href={`/api/organisations/${id}/members.csv`}
            download="members.csv"
          >
            {t('export')}
          </Button>
          <Button icon={<UploadOutlined />} onClick={() => setDialog('import')}>
            {t('import')}
          </Button>
          <Button type="primary" icon={<UserAddOutlined />} onClick={() => setDialog('invite')}>
            {t('invite')}
          </Button>
        </>
      }
    >
      <div className={styles.bar}>
        {children}
        <FilterBox label={t('filter')} value={typed} onChange={setTyped} />
      </div>
      {query.isPending && <RowSkeletons />}
      {query.error && <ProblemView problem={query.error} onRetry={query.refetch} />}
      {people?.length === 0 &&
        (typed.trim() === '' ? (
          <NothingYet
            title={t('none')}
            hint={t('none.hint')}
            action={
              <Button type="primary" onClick={() => setDialog('invite')}>
                {t('invite')}
              </Button>
            }
          />
        ) : (
          <NothingYet title={t('none.found')} />
        ))}
      {people && people.length > 0 && (
        <DataTable
          label={t('title')}
          columns={columns}
          rows={people}
          keyOf={(person) => person.id}
          nameOf={(person) => person.name}
          chosen={chosen}
          onChoose={setChosen}
          isMuted={({ state }) => state === 'suspended'}
        />
      )}
      {query.hasNextPage && (
        <div className={styles.more}>
          <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {words('show-more')}
          </Button>
        </div>
      )}
      <ActionBar count={picked.length} onClear={() => setChosen(new Set())}>
        <Select<OrganisationRole | null>
          aria-label={t('add-role')}
          placeholder={t('add-role')}
          value={null}
          disabled={appointable.length === 0}
          style={{ width: 140 }}
          options={organisationRoles.map((role) => ({ value: role, label: t(`role.${role}`) }))}
          onChange={(role) => {
            if (role)
              void changeAll(
                appointable.filter(({ roles }) => !roles.includes(role)),
                ({ roles }) => ({ roles: [...roles, role] }),
                (count) => t('added-role', { count, role: t(`role.${role}`) }),
              );
          }}
        />
        {suspendable.length > 0 && (
          <Button danger onClick={() => setLeaving(suspendable)}>
            {t('suspend')}
          </Button>
        )}
        {suspended.length > 0 && <Button onClick={() => void reinstate(suspended)}>{t('reinstate')}</Button>}
      </ActionBar>
      <PendingInvitations organisation={id} />
      {dialog === 'invite' && <InviteDialog organisation={organisation} onEnd={() => setDialog(undefined)} />}
      {dialog === 'import' && <ImportDialog organisation={organisation} onEnd={() => setDialog(undefined)} />}
      {leaving && (
        <Dialog
          title={
            leaving.length === 1
              ? t('suspend.title', { name: leaving[0]?.name ?? '' })
              : t('suspend.title.many', { count: leaving.length })
          }
          go={{
            words: t('suspend'),
            run: () =>
              void changeAll(
                leaving,
                () => ({ suspended: true }),
                (count) => t('suspended', { count }),
              ).finally(() => setLeaving(undefined)),
            isBusy: edit.isPending,
            isDanger: true,
          }}
          onEnd={() => setLeaving(undefined)}
        >
          <p>{t('suspend.hint')}</p>
          {leaving.some(({ id: person }) => person === me?.id) && <p role="alert">{t('suspend.own')}</p>}
        </Dialog>
      )}
      {link && <LinkDialog {...link} onEnd={() => setLink(undefined)} />}
    </Page>
  );
}
