/** For the log of a process that shares the database with others, once at its start. */
export const coordinationNote = 'Conductors agree through rows of the database who does what';
