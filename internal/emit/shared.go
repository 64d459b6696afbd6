package emit

import (
	"bytes"
	"path"

	"github.com/wxgen/wxgen/internal/model"
)

// typesJob renders the component types of the package: types.go, or a file per first letter if that would get too long.
func (p *pkg) typesJob() (map[string][]byte, error) {
	if len(p.shared) == 0 {
		return nil, nil
	}
	name := path.Join(p.dir, "types.go")
	content, err := p.typesFile(name, p.shared)
	if err != nil || bytes.Count(content, []byte("\n")) <= maxLines {
		return map[string][]byte{name: content}, err
	}
	letters := make(map[string][]*model.Type)
	for _, t := range p.shared {
		file := path.Join(p.dir, "types_"+fileStem(t.Name[:1])+".go")
		letters[file] = append(letters[file], t)
	}
	files := make(map[string][]byte)
	for file, types := range letters {
		if files[file], err = p.typesFile(file, types); err != nil {
			return nil, err
		}
	}
	return files, nil
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
