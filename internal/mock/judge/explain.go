package judge

import (
	"crypto/rsa"

	"github.com/wxgen/wxgen/internal/mock/keys"
)

// explain tries strings and keys that people sign with by mistake, and records the one that the
// signature fits.
func (j *Judge) explain(r *Report, req *Request, a *Authorization, account *keys.Account) {
	for _, g := range guesses(req, a) {
		if keys.Verify(keys.Public(account.Key), g.text, a.Signature) {
			r.Signed, r.Mistake = g.text, g.mistake
			return
		}
	}
	for _, other := range j.others(account) {
		if keys.Verify(other.key, r.Expected, a.Signature) {
			r.Signed, r.Mistake = r.Expected, "the string is right, and it was signed with the "+
				"key of "+other.name
			return
		}
	}
	r.Mistake = "the signature is none of this account's key over any string that could be guessed"
}

type owned struct {
	name string
	key  *rsa.PublicKey
}

func (j *Judge) others(account *keys.Account) (list []owned) {
	for _, a := range j.Ring.Accounts {
		if a != account {
			list = append(list, owned{string(a.Role) + " " + a.ID, keys.Public(a.Key)})
		}
	}
	list = append(list, owned{"the platform's public key", keys.Public(j.Ring.Public.Key)})
	for _, c := range j.Ring.Certificates() {
		list = append(list, owned{"the platform certificate", keys.Public(c.Key)})
	}
	return list
}
