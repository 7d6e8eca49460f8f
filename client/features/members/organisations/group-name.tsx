import { useQuery } from '@tanstack/react-query';
import { EditableText } from '../../../components/editable-text.tsx';
import { ProblemView } from '../../../components/problem-view.tsx';
import { say } from '../../../components/say.ts';
import { useTexts } from '../../../i18n/index.ts';
import styles from './group-name.module.css';
import { organisationTexts } from './i18n.ts';
import { groupQuery, useEditGroup } from './queries.ts';

/** How the group is called, edited in place by those who may. */
export function GroupName() {
  const t = useTexts(organisationTexts);
  const { data: group, error, refetch } = useQuery(groupQuery);
  const edit = useEditGroup();
  if (error) return <ProblemView problem={error} onRetry={refetch} />;
  return (
    <p className={styles.group}>
      <span>{t('group')}</span>
      {group && (
        <EditableText
          value={group.name}
          label={t('group')}
          longest={80}
          required
          onSave={async (name) => {
            await edit.mutateAsync({ ...group, name });
            say(t('group.saved', { name }));
          }}
        />
      )}
    </p>
  );
}
