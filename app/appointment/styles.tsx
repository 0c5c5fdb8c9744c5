import stylesheet from './appointment.css?url';

/** The styles of this room's pages; others do not load them. */
export const Styles = () => <link rel="stylesheet" href={stylesheet} />;
