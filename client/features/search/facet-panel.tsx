import { DownOutlined, UpOutlined } from '@ant-design/icons';
import { Button, Checkbox } from 'antd';
import { useId, useState } from 'react';
import type { Facet } from '../../../server/search/contract.ts';
import { formatOf } from '../../components/formats.ts';
import { useTexts } from '../../i18n/index.ts';
import styles from './facet-panel.module.css';
import { type Branch, holdsChosen, sizeOf, treeOf } from './facet-values.ts';
import { searchTexts } from './i18n.ts';
import type { Facets } from './queries.ts';
import type { Question } from './question.ts';

/** What a teacher narrows by first stands first. */
const order: Facet[] = [
  'kind',
  'major',
  'course',
  'level',
  'materialType',
  'mediaType',
  'organisation',
  'licence',
  'year',
  'tag',
  'language',
];
const shownAtFirst = 6;

interface Props {
  facets: Facets;
  question: Question;
  onToggle: (facet: Facet, value: string) => void;
}

/** Everything that hits can be narrowed by, with how many each value would leave. */
export function FacetPanel({ facets, question, onToggle }: Props) {
  return (
    <div className={styles.panel}>
      {order.map((facet) => {
        const branches = treeOf(facets[facet] ?? [], question.chosen[facet] ?? []);
        const isIdle = sizeOf(branches) < 2 && !question.chosen[facet]?.length;
        return isIdle ? null : (
          <FacetGroup
            key={facet}
            facet={facet}
            branches={branches}
            chosen={question.chosen[facet] ?? []}
            onToggle={onToggle}
          />
        );
      })}
    </div>
  );
}

interface GroupProps {
  facet: Facet;
  branches: readonly Branch[];
  chosen: readonly string[];
  onToggle: Props['onToggle'];
}

function FacetGroup({ facet, branches, chosen, onToggle }: GroupProps) {
  const t = useTexts(searchTexts);
  const [all, setAll] = useState(false);
  const isShown = (branch: Branch, place: number) =>
    all || place < shownAtFirst || chosen.includes(branch.value) || holdsChosen(branch, chosen);
  return (
    <fieldset className={styles.group}>
      <legend className={styles.name}>{t(`facet.${facet}`)}</legend>
      {branches.filter(isShown).map((branch) => (
        <FacetBranch
          key={branch.value}
          facet={facet}
          branch={branch}
          isAlone={branches.length === 1}
          chosen={chosen}
          onToggle={(value) => onToggle(facet, value)}
        />
      ))}
      {branches.length > shownAtFirst && (
        <Button type="link" size="small" className={styles.more} onClick={() => setAll(!all)}>
          {all ? t('facet.less') : t('facet.more', { count: branches.length })}
        </Button>
      )}
    </fieldset>
  );
}

interface BranchProps {
  facet: Facet;
  branch: Branch;
  /** Whether nothing stands beside it: then what is below it is what there is to choose from. */
  isAlone: boolean;
  chosen: readonly string[];
  onToggle: (value: string) => void;
}

/** A value and, unfolded, the values below it. Folded, unless one of them is chosen. */
function FacetBranch({ facet, branch, isAlone, chosen, onToggle }: BranchProps) {
  const t = useTexts(searchTexts);
  const [wish, setWish] = useState<boolean>();
  const id = useId();
  const { value, count, below } = branch;
  const label =
    facet === 'mediaType' && branch.label === value && value.includes('/') ? formatOf(value) : branch.label;
  const isOpen = wish ?? (isAlone || holdsChosen(branch, chosen));
  return (
    <>
      <div className={styles.value}>
        <Checkbox checked={chosen.includes(value)} onChange={() => onToggle(value)}>
          {label}
        </Checkbox>
        <span className={styles.end}>
          {below.length > 0 && (
            <Button
              type="text"
              size="small"
              icon={isOpen ? <UpOutlined /> : <DownOutlined />}
              aria-label={t('facet.below', { label })}
              aria-expanded={isOpen}
              aria-controls={id}
              onClick={() => setWish(!isOpen)}
            />
          )}
          <data value={count} className={styles.count}>
            {count.toLocaleString()}
          </data>
        </span>
      </div>
      {below.length > 0 && (
        <div id={id} className={styles.below} hidden={!isOpen}>
          {below.map((one) => (
            <FacetBranch
              key={one.value}
              facet={facet}
              branch={one}
              isAlone={below.length === 1}
              chosen={chosen}
              onToggle={onToggle}
            />
          ))}
        </div>
      )}
    </>
  );
}
