/** The agency's own words, which are Dutch. */
export const AgencyWords = ({ text }: { readonly text: string }) => (
  <bdi lang="nl" dir="ltr">
    {text}
  </bdi>
);
