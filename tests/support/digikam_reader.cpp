// What digiKam's own library reads of pictures, their sidecars included: path, stars, pick, colour, keywords.
// The classes are declared by the symbols of libdigikamcore 7.9; objects get more room than they need.
#include <QCoreApplication>
#include <QString>
#include <QStringList>
#include <cstdio>

namespace Digikam {
class DMetadataSettingsContainer {
public:
    DMetadataSettingsContainer();
    DMetadataSettingsContainer(const DMetadataSettingsContainer&);
    ~DMetadataSettingsContainer();

private:
    char room[4096];
};
class DMetadataSettings {
public:
    static DMetadataSettings* instance();
    DMetadataSettingsContainer settings() const;
};
class MetaEngine {
public:
    class Backend;
    static bool initializeExiv2();
    void setUseXMPSidecar4Reading(bool);
};
class DMetadata {
public:
    DMetadata();
    virtual ~DMetadata();
    bool load(const QString&, MetaEngine::Backend*);
    int getItemRating(const DMetadataSettingsContainer&) const;
    int getItemPickLabel() const;
    int getItemColorLabel(const DMetadataSettingsContainer&) const;
    bool getItemTagsPath(QStringList&, const DMetadataSettingsContainer&) const;

private:
    char room[4096];
};
}  // namespace Digikam

int main(int argc, char** argv) {
    using namespace Digikam;
    QCoreApplication app(argc, argv);
    MetaEngine::initializeExiv2();
    const DMetadataSettingsContainer settings = DMetadataSettings::instance()->settings();
    for (int n = 1; n < argc; ++n) {
        DMetadata data;
        reinterpret_cast<MetaEngine*>(&data)->setUseXMPSidecar4Reading(true);
        data.load(QString::fromLocal8Bit(argv[n]), nullptr);
        QStringList tags;
        data.getItemTagsPath(tags, settings);
        printf("%s\t%d\t%d\t%d\t%s\n", argv[n], data.getItemRating(settings), data.getItemPickLabel(),
               data.getItemColorLabel(settings), tags.join(QStringLiteral(",")).toUtf8().constData());
    }
}
