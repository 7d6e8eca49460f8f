import { Choice } from '../../components/choice.tsx';
import { resourceTexts } from '../../features/resources/i18n.ts';
import { useTexts } from '../../i18n/index.ts';

interface Props {
  files: readonly { readonly path: string }[];
  /** Path of the open one. */
  open: string;
  onOpen: (path: string) => void;
  className?: string | undefined;
}

/** The files of a resource, where there is no room for their list; nothing where there is one alone. */
export function FileChoice({ files, open, onOpen, className }: Props) {
  const t = useTexts(resourceTexts);
  if (files.length < 2) return null;
  return (
    <div className={className}>
      <Choice
        label={t('files')}
        value={open}
        options={files.map(({ path }) => ({ value: path, label: path }))}
        onChange={onOpen}
      />
    </div>
  );
}
