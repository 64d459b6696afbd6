// Package keys holds the test credentials of the mock server, and the cryptography of WeChat Pay
// with crypto/* alone. It uses nothing of the client, so that a mistake of the client does not
// cancel out.
//
// Files use each other in this order only: folder, make, keys.
package keys
