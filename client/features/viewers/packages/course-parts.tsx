import { CheckCircleFilled, CloseCircleOutlined, MinusCircleOutlined } from '@ant-design/icons';
import { useTexts } from '../../../i18n/index.ts';
import { packageTexts } from './i18n.ts';
import styles from './packages.module.css';
import { PartList } from './part-list.tsx';
import type { Course, CoursePart } from './queries.ts';

interface Props {
  course: Course;
  current: string;
  onChoose: (id: string) => void;
}

/** The parts of a course in their order, each with how far the learner is; blocks are headings. */
export function CourseParts({ course, current, onChoose }: Props) {
  const t = useTexts(packageTexts);
  return (
    <PartList label={t('parts')} current={course.parts.find(({ id }) => id === current)?.title ?? ''}>
      {course.parts.map((part) => {
        const inset = { paddingInlineStart: 10 + 16 * part.depth };
        if (!part.unit)
          return (
            <p key={part.id} className={styles.block} style={inset}>
              {part.title}
            </p>
          );
        return (
          <button
            key={part.id}
            type="button"
            className={styles.item}
            style={inset}
            aria-current={part.id === current}
            onClick={() => onChoose(part.id)}
          >
            <span className={styles.unit}>
              <span className={styles.name}>{part.title}</span>
              <Mark part={part} />
            </span>
          </button>
        );
      })}
    </PartList>
  );
}

/** The standing as a mark, with its word for those who do not see it. */
function Mark({ part }: { part: CoursePart }) {
  const t = useTexts(packageTexts);
  const reached = part.unit?.progress ?? 'not-started';
  if (reached === 'not-started') return null;
  // What was passed may still have to be completed, and the other way round.
  const progress = part.isSatisfied || reached === 'failed' ? reached : 'incomplete';
  const isDone = progress === 'completed' || progress === 'passed';
  return (
    <span className={styles.mark}>
      {isDone && <CheckCircleFilled aria-hidden="true" />}
      {progress === 'failed' && <CloseCircleOutlined aria-hidden="true" />}
      {progress === 'incomplete' && <MinusCircleOutlined aria-hidden="true" />}
      <span className="visually-hidden">{t(`progress.${progress}`)}</span>
    </span>
  );
}
