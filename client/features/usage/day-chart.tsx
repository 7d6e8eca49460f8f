import { useState } from 'react';
import { useLanguage, useTexts } from '../../i18n/index.ts';
import styles from './day-chart.module.css';
import { usageTexts } from './i18n.ts';
import type { Summary } from './queries.ts';

type Day = Summary['days'][number];
const kinds = ['view', 'preview', 'download', 'adopt', 'embed'] as const;
const height = 200;
const foot = 22;

const sumOf = (day: Day) => kinds.reduce((sum, kind) => sum + day[kind], 0);

/** Uses by day as columns; the figures are there as a table, too. */
export function DayChart({ summary }: { summary: Summary }) {
  const t = useTexts(usageTexts);
  const language = useLanguage();
  const [active, setActive] = useState<Day>();
  const days = everyDay(summary);
  const most = niceTop(Math.max(...days.map(sumOf), 1));
  const narrow = window.matchMedia('(max-width: 640px)').matches;
  const width = narrow ? 380 : 960;
  const step = width / days.length;
  const total = days.reduce((sum, day) => sum + sumOf(day), 0);
  const name = (day: string) =>
    new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric', timeZone: 'UTC' }).format(
      new Date(day),
    );
  const number = new Intl.NumberFormat(language);
  const marked = Math.max(Math.ceil(days.length / (narrow ? 3 : 6)), 1);

  return (
    <figure className={styles.figure}>
      <svg
        viewBox={`0 0 ${width} ${height + foot}`}
        className={styles.chart}
        role="img"
        aria-label={t('chart.label', { from: name(summary.from), to: name(summary.to), count: total })}
        onPointerLeave={() => setActive(undefined)}
      >
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line
              x1="0"
              x2={width}
              y1={height * (1 - share)}
              y2={height * (1 - share)}
              className={styles.grid}
            />
            {share > 0 && (
              <text x="0" y={height * (1 - share) + 14} className={styles.tick}>
                {number.format(most * share)}
              </text>
            )}
          </g>
        ))}
        {days.map((day, index) => {
          const tall = (sumOf(day) / most) * height;
          return (
            <g key={day.day} onPointerEnter={() => setActive(day)}>
              <rect x={index * step} y="0" width={step} height={height} className={styles.reach} />
              <rect
                x={index * step + step * 0.15}
                y={height - tall}
                width={step * 0.7}
                height={tall}
                rx={Math.min(step * 0.2, 3)}
                className={active === day ? styles.active : styles.bar}
              />
              {index % marked === 0 && index + marked / 2 < days.length && (
                <text x={index * step} y={height + 17} className={styles.tick}>
                  {name(day.day)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <p className={styles.reading} aria-hidden="true">
        {active
          ? t('chart.day', { day: name(active.day), count: number.format(sumOf(active)) })
          : kinds.map((kind) => `${t(`use.${kind}`)} ${number.format(summary.uses[kind])}`).join(' · ')}
      </p>
      <details className={styles.table}>
        <summary>{t('as-table')}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard */}
        <section className={styles.scroll} tabIndex={0} aria-label={t('uses')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('day')}</th>
                {kinds.map((kind) => (
                  <th key={kind} scope="col">
                    {t(`use.${kind}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {summary.days.toReversed().map((day) => (
                <tr key={day.day}>
                  <th scope="row">{day.day}</th>
                  {kinds.map((kind) => (
                    <td key={kind}>{number.format(day[kind])}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </figure>
  );
}

/** A round number at or above the largest. */
function niceTop(largest: number): number {
  const power = 10 ** Math.floor(Math.log10(largest));
  const lead = [1, 2, 4, 6, 8, 10].find((step) => step * power >= largest) ?? 10;
  return Math.max(lead * power, 2);
}

/** Days on which nothing happened are days, too. */
function everyDay({ from, to, days }: Summary): Day[] {
  const known = new Map(days.map((day) => [day.day, day]));
  const all: Day[] = [];
  for (let at = new Date(from); at <= new Date(to); at = new Date(at.getTime() + 86_400_000)) {
    const day = at.toISOString().slice(0, 10);
    all.push(known.get(day) ?? { day, view: 0, preview: 0, download: 0, adopt: 0, embed: 0 });
  }
  return all;
}
