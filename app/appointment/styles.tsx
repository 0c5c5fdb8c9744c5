import stylesheet from './appointment.css?url';

/** The style sheet of appointment pages; other pages do not load it. */
export const Styles = () => <link rel="stylesheet" href={stylesheet} />;
