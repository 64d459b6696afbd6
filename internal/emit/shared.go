package emit

import (
	"bytes"
	"path"

	"github.com/wxgen/wxgen/internal/model"
)

// typesJob renders the component types of the package: types.go, or several files if that would get
// too long.
func (p *pkg) typesJob() (map[string][]byte, error) {
	if len(p.shared) == 0 {
		return nil, nil
	}
	return p.splitTypes("types", p.shared, 1)
}

// splitTypes renders types into one file. If that would get too long, it makes a file for each
// prefix of their names, of n letters.
func (p *pkg) splitTypes(stem string, types []*model.Type, letters int) (map[string][]byte, error) {
	name := path.Join(p.dir, stem+".go")
	content, err := p.typesFile(name, types)
	if err != nil || bytes.Count(content, []byte("\n")) <= maxLines || letters > longest(types) {
		return map[string][]byte{name: content}, err
	}
	groups := make(map[string][]*model.Type)
	for _, t := range types {
		begin := fileStem(t.Name[:min(letters, len(t.Name))])
		groups[begin] = append(groups[begin], t)
	}
	files := make(map[string][]byte)
	for begin, group := range groups {
		more, err := p.splitTypes(below("types", begin), group, letters+1)
		if err != nil {
			return nil, err
		}
		if files, err = merge([]map[string][]byte{files, more}, nil); err != nil {
			return nil, err
		}
	}
	return files, nil
}

func longest(types []*model.Type) int {
	n := 0
	for _, t := range types {
		n = max(n, len(t.Name))
	}
	return n
}

func (p *pkg) typesFile(name string, types []*model.Type) ([]byte, error) {
	f := newFile(p.path, p.name, p.header)
	for _, t := range types {
		if err := p.types(f, t); err != nil {
			return nil, err
		}
	}
	return render(name, f)
}
