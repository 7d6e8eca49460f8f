import { useSearchParams } from 'react-router';

/**
 * What a list is asked for in the address, so that it can be linked and is there again on the way back; and a way to ask
 * for something else, where an empty text asks for nothing.
 */
export function useAsked(): [URLSearchParams, (change: Readonly<Record<string, string>>) => void] {
  const [params, setParams] = useSearchParams();
  const ask = (change: Readonly<Record<string, string>>) =>
    setParams(
      (before) => {
        const now = new URLSearchParams(before);
        for (const [name, value] of Object.entries(change)) {
          if (value === '') now.delete(name);
          else now.set(name, value);
        }
        return now;
      },
      { replace: true },
    );
  return [params, ask];
}
