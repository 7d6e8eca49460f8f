import { FileTextOutlined } from '@ant-design/icons';
import { useId, useState } from 'react';
import { useTexts } from '../i18n/index.ts';
import styles from './csv-picker.module.css';
import { controls } from './i18n.ts';

interface Props {
  /** The text of the file, decoded. */
  onText: (csv: string, name: string) => void;
  /** Name of the file that was picked last. */
  picked?: string | undefined;
}

/** Takes a CSV file by click or drop. Spreadsheets in China still save GB 18030, so both encodings are read. */
export function CsvPicker({ onText, picked }: Props) {
  const t = useTexts(controls);
  const id = useId();
  const [over, setOver] = useState(false);

  async function take(file: File | undefined) {
    if (file) onText(decode(await file.arrayBuffer()), file.name);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is the first
    <div
      className={`${styles.drop} ${over ? styles.over : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void take(event.dataTransfer.files[0]);
      }}
    >
      <FileTextOutlined aria-hidden="true" className={styles.icon} />
      <span>
        <input
          id={id}
          type="file"
          accept=".csv,text/csv"
          className={styles.input}
          onChange={(event) => {
            void take(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
        <label htmlFor={id} className={styles.pick}>
          {picked ? t('csv.other') : t('csv.pick')}
        </label>{' '}
        <span className={styles.hint}>{picked ?? t('csv.drop')}</span>
      </span>
    </div>
  );
}

function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
