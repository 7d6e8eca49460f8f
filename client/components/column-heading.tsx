import { CaretDownOutlined, CaretUpOutlined, SwapOutlined } from '@ant-design/icons';
import styles from './column-heading.module.css';

export interface Order {
  now: 'ascending' | 'descending' | 'none';
  ask: () => void;
}

const arrows = { ascending: CaretUpOutlined, descending: CaretDownOutlined, none: SwapOutlined };

/** The title of a column, by which the rows are ordered where that can be asked for; its cell tells `aria-sort`. */
export function ColumnHeading({ title, order }: { title: string; order?: Order | undefined }) {
  if (!order) return title;
  const Arrow = arrows[order.now];
  return (
    <>
      <button type="button" className={styles.order} onClick={order.ask}>
        {title}
        <Arrow aria-hidden="true" rotate={order.now === 'none' ? 90 : 0} className={styles.arrow} />
      </button>
      <span className={styles.unordered}>{title}</span>
    </>
  );
}
