// Package keys holds the test credentials of the mock server, and the cryptography of WeChat Pay
// with crypto/* alone: nothing of the client is used, so that a mistake of the client's does not
// cancel itself out.
//
// Files use each other in this order only: folder, make, keys.
package keys
