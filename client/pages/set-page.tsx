import { DownloadOutlined, LinkOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useLocation, useParams } from 'react-router';
import { pictureOf, setBundleOf } from '../api/content.ts';
import { useOrganisationName } from '../api/organisation-names.ts';
import { titleOf } from '../api/problem-error.ts';
import { copyText } from '../components/copy-text.ts';
import { LinkButton } from '../components/link-button.tsx';
import { NothingYet } from '../components/nothing-yet.tsx';
import { Notice } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { ProblemView } from '../components/problem-view.tsx';
import { CardGrid, ResourceCard } from '../components/resource-card.tsx';
import { say } from '../components/say.ts';
import { CardSkeletons } from '../components/skeletons.tsx';
import { Thumbnail } from '../components/thumbnail.tsx';
import { collectionTexts } from '../features/collections/i18n.ts';
import { type Base, type ResourceSet, setQuery } from '../features/collections/queries.ts';
import { shell, useTexts } from '../i18n/index.ts';
import styles from './set-page.module.css';

/** A collection or shelf: its introduction, then its sections with their resources and notes. */
export function SetPage({ base }: { base: Base }) {
  const { id = '' } = useParams();
  const { pathname } = useLocation();
  const t = useTexts(collectionTexts);
  const words = useTexts(shell);
  const { data: set, error, isPending, refetch } = useQuery(setQuery(base, id));
  const organisation = useOrganisationName(set?.organisation);

  async function share() {
    await copyText(window.location.href);
    say(t('shared'));
  }

  if (isPending)
    return (
      <Page title={words('loading')} quietTitle>
        <CardSkeletons />
      </Page>
    );
  if (error)
    return (
      <Page title={titleOf(error)} quietTitle>
        <ProblemView problem={error} onRetry={refetch} />
      </Page>
    );
  const sections: Pick<ResourceSet['sections'][number], 'title' | 'note' | 'id'>[] = [
    { id: '', title: '', note: '' },
    ...set.sections,
  ];
  const hidden = set.items.filter(({ isHiddenFromSome }) => isHiddenFromSome).length;
  const cover = set.items.find(({ resource }) => resource === set.cover)?.card;
  return (
    <Page
      title={set.title}
      picture={cover && <Thumbnail kind={cover.kind} src={pictureOf(cover)} />}
      lead={
        <>
          {set.summary}
          <span className={styles.about}>
            {organisation && t('by', { organisation })} · {t('items', { count: set.itemCount })} ·{' '}
            {words(`scope.${set.audience.scope}`)}
            {hidden > 0 && ` · ${t('hidden', { count: hidden })}`}
          </span>
        </>
      }
      actions={
        <>
          {set.items.length > 0 && (
            <Button icon={<DownloadOutlined />} href={setBundleOf(base, id)}>
              {t('download')}
            </Button>
          )}
          <Button icon={<LinkOutlined />} onClick={() => void share()}>
            {t('share')}
          </Button>
          {set.can.includes('edit') && <LinkButton to={`/${base}/${id}/edit`}>{t('edit')}</LinkButton>}
        </>
      }
    >
      {set.items.length === 0 && !set.membersSeeMore && (
        <NothingYet title={t('set.none')} hint={t('set.none.hint')} />
      )}
      {sections.map((section) => {
        const items = set.items.filter((item) => (item.section ?? '') === section.id);
        if (items.length === 0 && section.note === '') return null;
        return (
          <section key={section.id} className={styles.section}>
            {section.title && <h2>{section.title}</h2>}
            {section.note && <p className={styles.note}>{section.note}</p>}
            <CardGrid>
              {items.map(({ resource, note, card }) =>
                card ? (
                  <ResourceCard
                    key={resource}
                    to={`/resources/${resource}`}
                    kind={card.kind}
                    title={card.title}
                    heading={section.title ? 'h3' : 'h2'}
                    picture={pictureOf(card)}
                    meta={words('files.count', { count: card.fileCount })}
                  >
                    {note && <p className={styles.itemNote}>{note}</p>}
                  </ResourceCard>
                ) : (
                  <p key={resource} className={styles.gone}>
                    {t('gone')}
                  </p>
                ),
              )}
            </CardGrid>
          </section>
        );
      })}
      {set.membersSeeMore && (
        <Notice
          title={t('more')}
          actions={
            <LinkButton to={`/sign-in?next=${encodeURIComponent(pathname)}`} type="primary">
              {words('sign-in.to-see')}
            </LinkButton>
          }
        />
      )}
    </Page>
  );
}
