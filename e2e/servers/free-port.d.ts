/** A TCP port on 127.0.0.1 that nobody listens on now; somebody may take it before you do. */
export declare function freePort(): Promise<number>;
/** Whether a port of 127.0.0.1 can be listened on now. */
export declare function isFree(port: number): Promise<boolean>;
