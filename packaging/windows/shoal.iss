; The installer for Windows, made by Inno Setup 6.3 or newer from a build:
;
;     iscc packaging\windows\shoal.iss /DVersion=0.1.0 /DEdition=light
;
; Installs for the person who runs it, without asking for an administrator, unless they choose otherwise. It says which
; program opens .shoal files, and offers "Open with Shoal" for folders.

#ifndef Version
  #error Say which version: /DVersion=0.1.0
#endif
#ifndef Edition
  #define Edition "light"
#endif
#define Root SourcePath + "..\.."
#define Icons Root + "\dist\build\" + Edition + "\shoal\icons"

[Setup]
AppId={{6E0B7C5E-3C0F-4B0E-9B5B-5A1D8B7F2C41}
AppName=Shoal
AppVersion={#Version}
AppPublisher=The Shoal authors
DefaultDirName={autopf}\Shoal
DefaultGroupName=Shoal
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile={#Root}\LICENSE
SetupIconFile={#Icons}\shoal.ico
UninstallDisplayIcon={app}\shoalw.exe
ChangesAssociations=yes
CloseApplications=yes
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
OutputDir={#Root}\dist
OutputBaseFilename=Shoal-{#Version}-{#Edition}-windows-x64

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
#if FileExists(CompilerPath + "Languages\ChineseSimplified.isl")
Name: "zh"; MessagesFile: "compiler:Languages\ChineseSimplified.isl"
#endif

[CustomMessages]
en.OpenFolder=Offer "Open with Shoal" for folders
en.OpenWith=Open with Shoal
en.ProjectFile=Shoal project
#if FileExists(CompilerPath + "Languages\ChineseSimplified.isl")
zh.OpenFolder=在文件夹的右键菜单中加入“用 Shoal 打开”
zh.OpenWith=用 Shoal 打开
zh.ProjectFile=Shoal 项目
#endif

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: "folders"; Description: "{cm:OpenFolder}"

[InstallDelete]
; What an older version brought and this one does not must not be found by Python.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Root}\dist\shoal\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs
Source: "{#Icons}\shoal-project.ico"; DestDir: "{app}"; Flags: ignoreversion

[Icons]
Name: "{autoprograms}\Shoal"; Filename: "{app}\shoalw.exe"
Name: "{autodesktop}\Shoal"; Filename: "{app}\shoalw.exe"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\.shoal\OpenWithProgids"; ValueType: string; ValueName: "Shoal.Project"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\Shoal.Project"; ValueType: string; ValueData: "{cm:ProjectFile}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Shoal.Project\DefaultIcon"; ValueType: string; ValueData: "{app}\shoal-project.ico"
Root: HKA; Subkey: "Software\Classes\Shoal.Project\shell\open\command"; ValueType: string; ValueData: """{app}\shoalw.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\Directory\shell\Shoal"; ValueType: string; ValueData: "{cm:OpenWith}"; Flags: uninsdeletekey; Tasks: folders
Root: HKA; Subkey: "Software\Classes\Directory\shell\Shoal"; ValueType: string; ValueName: "Icon"; ValueData: "{app}\shoalw.exe"; Tasks: folders
Root: HKA; Subkey: "Software\Classes\Directory\shell\Shoal\command"; ValueType: string; ValueData: """{app}\shoalw.exe"" ""%1"""; Tasks: folders

[Run]
Filename: "{app}\shoalw.exe"; Description: "{cm:LaunchProgram,Shoal}"; Flags: nowait postinstall skipifsilent
