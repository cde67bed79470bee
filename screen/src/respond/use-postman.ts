import { createContext, useContext, useEffect, useMemo } from 'react';
import { Postman } from './postman.ts';

/** A postman for as long as this account's page is open. */
export function usePostman(account: string): Postman {
  const postman = useMemo(() => new Postman(account), [account]);
  useEffect(() => {
    void postman.start();
    return () => postman.stop();
  }, [postman]);
  return postman;
}

export const PostmanContext = createContext<Postman | null>(null);

/** The postman of the page. */
export function useOutgoing(): Postman {
  const postman = useContext(PostmanContext);
  if (postman === null) throw new Error('there is no postman on this page');
  return postman;
}
